import { Badge, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Column } from '../components/data-table.tsx'
import { Time } from '../components/time.tsx'
import { sessionTexts as texts } from '../texts/sessions.ts'
import type { Session } from './session.ts'

/** What tells one session from another, and what can be done about it. */
export const sessionColumns = (action: (session: Session) => ReactNode): Column<Session>[] => [
  { title: texts.device, cell: (session) => <Device session={session} /> },
  { title: texts.address, cell: (session) => <Address session={session} /> },
  { title: texts.signedInBy, cell: ({ auth_methods }) => waysOf(auth_methods) },
  { title: texts.lastUsed, sort: 'last_used_at', cell: (row) => <Time at={row.last_used_at} /> },
  { title: texts.signedIn, sort: 'created_at', cell: (row) => <Time at={row.created_at} /> },
  { title: texts.ends, sort: 'expires_at', cell: (row) => <Time at={row.expires_at} /> },
  { title: texts.action, cell: action },
]

export const deviceOf = ({ device }: Session): string => device ?? texts.unknownDevice

const waysOf = (methods: Session['auth_methods']): string =>
  methods.map((method) => texts.methods[method]).join(', ')

/** The place is a guess by the address, so that comes first. */
function Address({ session: { last_used_ip, last_used_place } }: { session: Session }) {
  return (
    <>
      <Text size="sm">{last_used_ip ?? texts.unknownAddress}</Text>
      {last_used_place && (
        <Text size="xs" c="dimmed">
          {last_used_place}
        </Text>
      )}
    </>
  )
}

function Device({ session }: { session: Session }) {
  return (
    <Group gap="xs" title={session.user_agent ?? undefined}>
      <Text size="sm" fw={500}>
        {deviceOf(session)}
      </Text>
      {session.is_current && (
        <Badge color="green" variant="light" tt="none">
          {texts.thisOne}
        </Badge>
      )}
    </Group>
  )
}
