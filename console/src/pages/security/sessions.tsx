import { Group, Stack, Text, Title } from '@mantine/core'
import { api, client } from '../../api/client.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import { EndButton } from '../../sessions/end-button.tsx'
import { EndSession } from '../../sessions/end-session.tsx'
import type { Session } from '../../sessions/session.ts'
import { sessionColumns } from '../../sessions/session-columns.tsx'
import { sessionTexts as texts } from '../../texts/sessions.ts'

export function Sessions() {
  const params = useListParams()
  const { page, limit, sort } = params
  const query = api.useQuery('get', '/api/v1/me/sessions', {
    params: { query: { page, limit, ...(sort && { sort: sort as '-last_used_at' }) } },
  })
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={2} size="h4">
            {texts.list}
          </Title>
          <Text size="sm" c="dimmed">
            {texts.ownAbout}
          </Text>
        </div>
        {query.data && query.data.total > 1 && <EndOthers />}
      </Group>
      <Loaded query={query}>
        {({ data, total }) => (
          <DataTable
            label={texts.list}
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

function EndOthers() {
  return (
    <EndButton
      label={texts.endOthers}
      title={texts.endOthersTitle}
      about={texts.endOthersAbout}
      action={texts.endOthers}
      end={() => client.DELETE('/api/v1/me/sessions')}
      done={(answer) => texts.endedSo(answer?.sessions_ended ?? 0)}
    />
  )
}

const endOwn = (id: string) =>
  client.DELETE('/api/v1/me/sessions/{id}', { params: { path: { id } } })

const columns = sessionColumns((session: Session) =>
  session.is_current ? (
    <Text size="sm" c="dimmed">
      {texts.signOutInstead}
    </Text>
  ) : (
    <EndSession session={session} end={() => endOwn(session.id)} />
  ),
)
