import { Badge, Group, Text } from '@mantine/core'
import type { Column } from '../../components/data-table.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { IdentityLink } from '../../identities/identity-link.tsx'
import { applicationAccountTexts as words } from '../../texts/applications.ts'
import { texts } from '../../texts/common.ts'
import type { Account } from './types.ts'

export const accountColumns: readonly Column<Account>[] = [
  {
    title: words.account,
    sort: 'account',
    cell: ({ account }) => (
      <Text size="sm" fw={600}>
        <bdi>{account}</bdi>
      </Text>
    ),
  },
  {
    title: words.email,
    cell: ({ email }) => (
      <Text size="sm">{email === null ? words.noEmail : <bdi>{email}</bdi>}</Text>
    ),
  },
  {
    title: words.identity,
    cell: ({ identity }) =>
      identity === null ? (
        <StateBadge tone="asking">{words.unmatched}</StateBadge>
      ) : (
        <Owner {...identity} />
      ),
  },
  { title: words.privileges, cell: ({ privileges }) => <Privileges privileges={privileges} /> },
]

type OwnerProps = { id: string; first_name: string | null; last_name: string | null }

/** Who may not see the people of the tenant is told that there is one, and not who. */
function Owner({ id, first_name, last_name }: OwnerProps) {
  if (first_name === null || last_name === null) return <Text size="sm">{words.unseen}</Text>
  return <IdentityLink identity={{ id, first_name, last_name }} />
}

const fewMax = 4

function Privileges({ privileges }: { privileges: readonly string[] }) {
  if (privileges.length === 0) return <Text size="sm">{words.noPrivileges}</Text>
  const behind = privileges.slice(fewMax)
  return (
    <Group gap={6}>
      {privileges.slice(0, fewMax).map((privilege) => (
        <Badge key={privilege} variant="default" tt="none" fw={500} maw={260}>
          <bdi>{privilege}</bdi>
        </Badge>
      ))}
      {behind.length > 0 && (
        <Text size="sm" title={behind.join(', ')}>
          {texts.andMore(behind.length)}
        </Text>
      )}
    </Group>
  )
}
