import { Code } from '@mantine/core'
import { useAllowed } from '../access/use-allowed.ts'
import { api } from '../api/client.ts'

const aMinuteMs = 60_000

/** The name of a role where one may know it, else the id. */
export function RoleName({ id }: { id: string }) {
  const { isAllowed } = useAllowed('roles.read')
  const { data } = api.useQuery(
    'get',
    '/api/v1/roles/{id}',
    { params: { path: { id } } },
    { enabled: isAllowed, staleTime: aMinuteMs, retry: false, refetchInterval: false },
  )
  return data === undefined ? <Code>{id}</Code> : <bdi>{data.name}</bdi>
}
