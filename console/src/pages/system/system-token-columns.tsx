import { ActionIcon, Badge, Group, Stack, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import type { Column } from '../../components/data-table.tsx'
import { Time } from '../../components/time.tsx'
import { systemTexts } from '../../texts/system-tokens.ts'
import { tokenTexts } from '../../texts/tokens.ts'
import { Person } from '../../tokens/person.tsx'
import { Ended, Expiry, LastUse } from '../../tokens/token-columns.tsx'
import { TokenStatus } from '../../tokens/token-status.tsx'
import type { Token } from '../../tokens/types.ts'

type Options = {
  /** The token that has just been made. */
  created: string | undefined
  onDelete: (token: Token) => void
}

const { columns } = tokenTexts

export const systemTokenColumns = ({ created, onDelete }: Options): Column<Token>[] => [
  {
    title: columns.name,
    sort: 'name',
    cell: (token) => <Name token={token} isNew={token.id === created} />,
  },
  {
    title: columns.status,
    cell: (token) => (
      <Stack gap={2} align="flex-start">
        <TokenStatus token={token} />
        {token.revoked_at !== null && <Ended token={token} />}
      </Stack>
    ),
  },
  {
    title: systemTexts.creator,
    sort: 'created_at',
    cell: ({ created_at, created_by }) => (
      <Stack gap={2}>
        <Time at={created_at} />
        <Text size="sm" c="dimmed">
          {tokenTexts.endedBy} <Person id={created_by} />
        </Text>
      </Stack>
    ),
  },
  { title: columns.expires, sort: 'expires_at', cell: (token) => <Expiry token={token} /> },
  { title: columns.lastUse, cell: (token) => <LastUse token={token} /> },
  {
    title: columns.actions,
    cell: (token) =>
      token.status === 'active' && (
        <ActionIcon
          variant="subtle"
          color="red"
          aria-label={tokenTexts.removeNamed(token.name)}
          onClick={() => onDelete(token)}
        >
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      ),
  },
]

function Name({ token: { name, description, hint }, isNew }: { token: Token; isNew: boolean }) {
  return (
    <Stack gap={2} maw={320}>
      <Group gap={8}>
        <Text fw={600} size="sm" lineClamp={2} title={name}>
          <bdi>{name}</bdi>
        </Text>
        {isNew && (
          <Badge size="sm" tt="none">
            {tokenTexts.isNew}
          </Badge>
        )}
        <Text span size="xs" c="dimmed" ff="monospace">
          …{hint}
        </Text>
      </Group>
      {description && (
        <Text size="sm" c="dimmed" lineClamp={2}>
          <bdi>{description}</bdi>
        </Text>
      )}
    </Stack>
  )
}
