import { Code } from '@mantine/core'
import { useMe } from '../access/me.ts'
import { systemPrincipalId } from '../access/system-principal.ts'
import { api } from '../api/client.ts'
import { texts } from '../texts/common.ts'

const aMinuteMs = 60_000

/** The name of a user or service account where one may know it, else the id. */
export function PersonName({ id }: { id: string }) {
  const me = useMe()
  const known = id === me.id ? me.name : id === systemPrincipalId ? texts.system : undefined
  const { data } = api.useQuery(
    'get',
    '/api/v1/users/{id}',
    { params: { path: { id } } },
    { enabled: known === undefined, staleTime: aMinuteMs, retry: false, refetchInterval: false },
  )
  const name = known ?? data?.name
  return name === undefined ? <Code>{id}</Code> : <bdi>{name}</bdi>
}
