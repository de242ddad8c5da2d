import { Code } from '@mantine/core'
import { useMe } from '../access/me.ts'
import { api } from '../api/client.ts'

const aMinuteMs = 60_000

/** The name of a user or service account where one may know it, else the id. */
export function PersonName({ id }: { id: string }) {
  const me = useMe()
  const isMe = me.id === id
  const { data } = api.useQuery(
    'get',
    '/api/v1/users/{id}',
    { params: { path: { id } } },
    { enabled: !isMe, staleTime: aMinuteMs, retry: false, refetchInterval: false },
  )
  const name = isMe ? me.name : data?.name
  return name === undefined ? <Code>{id}</Code> : <bdi>{name}</bdi>
}
