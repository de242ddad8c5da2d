import { Text } from '@mantine/core'
import type { Column } from '../../components/data-table.tsx'
import { ScopeEntry } from '../../components/scope-entry.tsx'
import { IdentityLink } from '../../identities/identity-link.tsx'
import { IdentityStatus } from '../../identities/identity-status.tsx'
import type { Identity } from '../../identities/types.ts'
import { identityTexts as words } from '../../texts/identities.ts'

export const columns: readonly Column<Identity>[] = [
  {
    title: words.name,
    sort: 'last_name',
    cell: (identity) => <IdentityLink identity={identity} />,
  },
  {
    title: words.email,
    cell: ({ email }) => (
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {email === null ? words.unsaid : <bdi>{email}</bdi>}
      </Text>
    ),
  },
  { title: words.work, cell: (identity) => <Work identity={identity} /> },
  {
    title: words.tenant,
    cell: ({ tenant_id }) => (
      <Text size="sm">
        <ScopeEntry entry={tenant_id} />
      </Text>
    ),
  },
  { title: words.status, cell: ({ status }) => <IdentityStatus status={status} /> },
  {
    title: words.user,
    cell: ({ user_id }) => <Text size="sm">{user_id === null ? words.noUser : words.isUser}</Text>,
  },
]

function Work({ identity: { title, department } }: { identity: Identity }) {
  if (title === null && department === null) return <Text size="sm">{words.unsaid}</Text>
  return (
    <>
      {title !== null && (
        <Text size="sm">
          <bdi>{title}</bdi>
        </Text>
      )}
      {department !== null && (
        <Text size="xs">
          <bdi>{department}</bdi>
        </Text>
      )}
    </>
  )
}
