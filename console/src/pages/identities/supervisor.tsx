import { Code } from '@mantine/core'
import { api } from '../../api/client.ts'
import { IdentityLink } from '../../identities/identity-link.tsx'

/** Of the same tenant: whoever sees this person sees them, too. */
export function Supervisor({ id }: { id: string }) {
  const { data } = api.useQuery('get', '/api/v1/identities/{id}', { params: { path: { id } } })
  return data ? <IdentityLink identity={data} /> : <Code>{id}</Code>
}
