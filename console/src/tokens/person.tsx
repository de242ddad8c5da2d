import { holdsAnywhere, useMe } from '../access/me.ts'
import { api } from '../api/client.ts'
import { tokenTexts } from '../texts/tokens.ts'

/** Who did something, by name where one may know it. */
export function Person({ id }: { id: string | null }) {
  const me = useMe()
  const mayAsk = id !== null && id !== me.id && holdsAnywhere(me, 'users.read')
  const { data } = api.useQuery(
    'get',
    '/api/v1/users/{id}',
    { params: { path: { id: id ?? '' } } },
    { enabled: mayAsk, retry: false },
  )
  return <bdi>{id === me.id ? tokenTexts.you : (data?.name ?? tokenTexts.anotherPerson)}</bdi>
}
