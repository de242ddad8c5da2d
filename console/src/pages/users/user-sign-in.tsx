import { Group, Stack } from '@mantine/core'
import { useAllowedOver } from '../../access/use-allowed-at.ts'
import { api, client } from '../../api/client.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import type { components } from '../../generated/api.d.ts'
import { EndButton } from '../../sessions/end-button.tsx'
import { EndSession } from '../../sessions/end-session.tsx'
import { sessionColumns } from '../../sessions/session-columns.tsx'
import { sessionTexts, userSessionTexts as texts } from '../../texts/sessions.ts'
import { EndEverything } from './end-everything.tsx'
import { UserFactors } from './user-factors.tsx'

type Props = { user: components['schemas']['User'] }

/** Where a person is signed in, and its end: of one session, of all, or of whatever they were ever given to come in with. */
export function UserSignIn({ user }: Props) {
  const params = useListParams()
  const { page, limit, sort } = params
  const path = { id: user.id }
  const sessions = api.useQuery('get', '/api/v1/users/{id}/sessions', {
    params: { path, query: { page, limit, ...(sort && { sort: sort as '-last_used_at' }) } },
  })
  const endOne = (session_id: string) =>
    client.DELETE('/api/v1/users/{id}/sessions/{session_id}', {
      params: { path: { ...path, session_id } },
    })
  return (
    <Stack>
      <UserFactors user={user} />
      <Group justify="flex-end">
        <EndAll user={user} />
        <EndEverything user={user} />
      </Group>
      <Loaded query={sessions}>
        {({ data, total }) => (
          <DataTable
            label={sessionTexts.list}
            columns={sessionColumns((session) => (
              <EndSession session={session} end={() => endOne(session.id)} />
            ))}
            rows={data}
            keyOf={({ id }) => id}
            total={total}
            params={params}
            empty={texts.none}
          />
        )}
      </Loaded>
    </Stack>
  )
}

function EndAll({ user: { id, name, tenants } }: Props) {
  return (
    <EndButton
      label={texts.endAll}
      allowed={useAllowedOver('users.update', tenants)}
      title={texts.endAllTitle(name)}
      about={texts.endAllAbout}
      action={texts.endAll}
      end={() => client.DELETE('/api/v1/users/{id}/sessions', { params: { path: { id } } })}
      done={(answer) => sessionTexts.endedSo(answer?.sessions_ended ?? 0)}
    />
  )
}
