import { ActionIcon, Anchor, Badge, Code, Group, Stack, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Column } from '../components/data-table.tsx'
import { ScopeEntry } from '../components/scope-entry.tsx'
import { Time } from '../components/time.tsx'
import { tokenTexts } from '../texts/tokens.ts'
import { Counted } from './counted.tsx'
import { dayInWords } from './expiry.ts'
import { Person } from './person.tsx'
import { TokenStatus } from './token-status.tsx'
import type { Token } from './types.ts'

type Options = {
  hrefOf: (token: Token) => string
  /** The token that has just been made. */
  created?: string | undefined
  /** None: this person may not delete them. */
  onDelete?: ((token: Token) => void) | undefined
}

const { columns } = tokenTexts

export function tokenColumns({ hrefOf, created, onDelete }: Options): Column<Token>[] {
  const shown: Column<Token>[] = [
    {
      title: columns.name,
      sort: 'name',
      cell: (token) => <Name token={token} href={hrefOf(token)} isNew={token.id === created} />,
    },
    { title: columns.status, cell: (token) => <Status token={token} /> },
    {
      title: columns.tenants,
      cell: ({ tenants }) => (
        <Counted
          label={tokenTexts.tenants(tenants.length)}
          items={tenants}
          show={(entry) => <ScopeEntry entry={entry} />}
        />
      ),
    },
    {
      title: columns.permissions,
      cell: ({ permissions }) => (
        <Counted
          label={tokenTexts.permissions(permissions.length)}
          items={permissions}
          show={(name) => <Code>{name}</Code>}
        />
      ),
    },
    { title: columns.lastUse, cell: (token) => <LastUse token={token} /> },
    {
      title: columns.expires,
      sort: 'expires_at',
      cell: (token) => <Expiry token={token} />,
    },
  ]
  if (!onDelete) return shown
  return [
    ...shown,
    { title: columns.actions, cell: (token) => <Remove token={token} onDelete={onDelete} /> },
  ]
}

function Name({ token, href, isNew }: { token: Token; href: string; isNew: boolean }) {
  const { name, description, hint } = token
  return (
    <Stack gap={2} maw={320}>
      <Group gap={8}>
        <Anchor
          component={Link}
          to={href}
          fw={600}
          c="var(--mantine-color-text)"
          underline="always"
        >
          <bdi>{name}</bdi>
        </Anchor>
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

function Status({ token }: { token: Token }) {
  return (
    <Stack gap={2} align="flex-start">
      <TokenStatus token={token} />
      {token.revoked_at !== null && <Ended token={token} />}
    </Stack>
  )
}

/** Who ended it, when and why. */
export function Ended({ token: { revoked_at, revoked_by, revoked_reason } }: { token: Token }) {
  return (
    <Text size="sm" c="dimmed">
      <Time at={revoked_at} /> {tokenTexts.endedBy} <Person id={revoked_by} />
      {revoked_reason && (
        <>
          {': '}
          <bdi>{revoked_reason}</bdi>
        </>
      )}
    </Text>
  )
}

export function Expiry({ token: { expires_at } }: { token: Token }) {
  return (
    <Stack gap={2}>
      <Time at={expires_at} never={tokenTexts.neverExpires} />
      {expires_at && (
        <Text size="sm" c="dimmed">
          {dayInWords(expires_at)}
        </Text>
      )}
    </Stack>
  )
}

export function LastUse({ token: { last_used_at, last_used_ip } }: { token: Token }) {
  return (
    <Stack gap={2}>
      <Time at={last_used_at} never={tokenTexts.neverUsed} />
      {last_used_ip && (
        <Text size="sm" c="dimmed">
          {tokenTexts.from} {last_used_ip}
        </Text>
      )}
    </Stack>
  )
}

function Remove({ token, onDelete }: { token: Token; onDelete: (token: Token) => void }) {
  if (token.status !== 'active') return null
  return (
    <ActionIcon
      variant="subtle"
      color="red"
      aria-label={tokenTexts.removeNamed(token.name)}
      onClick={() => onDelete(token)}
    >
      <IconTrash size={18} aria-hidden />
    </ActionIcon>
  )
}
