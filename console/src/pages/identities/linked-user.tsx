import { Anchor, Code, Text } from '@mantine/core'
import { Link } from 'react-router'
import { api } from '../../api/client.ts'
import type { Identity } from '../../identities/types.ts'
import { identityDetailTexts, identityTexts as words } from '../../texts/identities.ts'

/** Who signs in as this person: their name, and a way to their page, for who may see it. */
export function LinkedUser({ identity: { user_id } }: { identity: Identity }) {
  const { data } = api.useQuery(
    'get',
    '/api/v1/users/{id}',
    { params: { path: { id: user_id ?? '' } } },
    { enabled: user_id !== null, retry: false, refetchInterval: false },
  )
  if (user_id === null) {
    return (
      <>
        {words.noUser}
        <Text size="xs">{identityDetailTexts.noUserAbout}</Text>
      </>
    )
  }
  if (!data) return <Code>{user_id}</Code>
  return (
    <Anchor component={Link} to={`/users/${user_id}`} size="sm" fw={600}>
      <bdi>{data.name}</bdi>
    </Anchor>
  )
}
