import { Badge, Group, Stack, Text, Title } from '@mantine/core'
import { api } from '../../api/client.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Time } from '../../components/time.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import { securityTexts as texts } from '../../texts/security.ts'
import { deviceOf } from './device.ts'
import { EndSession } from './end-session.tsx'
import type { Session } from './session.ts'

export function Sessions() {
  const params = useListParams()
  const { page, limit, sort } = params
  const query = api.useQuery('get', '/api/v1/me/sessions', {
    params: { query: { page, limit, ...(sort && { sort: sort as '-last_used_at' }) } },
  })
  return (
    <Stack gap="sm">
      <div>
        <Title order={2} size="h4">
          {texts.sessions}
        </Title>
        <Text size="sm" c="dimmed">
          {texts.sessionsAbout}
        </Text>
      </div>
      <Loaded query={query}>
        {({ data, total }) => (
          <DataTable
            label={texts.sessions}
            columns={columns}
            rows={data}
            keyOf={({ id }) => id}
            total={total}
            params={params}
          />
        )}
      </Loaded>
    </Stack>
  )
}

const columns: Column<Session>[] = [
  { title: texts.device, cell: (session) => <Device session={session} /> },
  { title: texts.address, cell: ({ ip }) => ip ?? texts.unknownAddress },
  { title: texts.lastUsed, sort: 'last_used_at', cell: (row) => <Time at={row.last_used_at} /> },
  { title: texts.signedIn, sort: 'created_at', cell: (row) => <Time at={row.created_at} /> },
  { title: texts.ends, sort: 'expires_at', cell: (row) => <Time at={row.expires_at} /> },
  {
    title: texts.action,
    cell: (session) =>
      session.is_current ? (
        <Text size="sm" c="dimmed">
          {texts.signOutInstead}
        </Text>
      ) : (
        <EndSession session={session} />
      ),
  },
]

function Device({ session: { user_agent, is_current } }: { session: Session }) {
  return (
    <Group gap="xs" title={user_agent ?? undefined}>
      <Text size="sm" fw={500}>
        {deviceOf(user_agent)}
      </Text>
      {is_current && (
        <Badge color="green" variant="light" tt="none">
          {texts.thisOne}
        </Badge>
      )}
    </Group>
  )
}
