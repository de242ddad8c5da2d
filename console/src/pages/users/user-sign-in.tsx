import { DataList, Group, Stack } from '@mantine/core'
import { useAllowedOver } from '../../access/use-allowed-at.ts'
import { api, client } from '../../api/client.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Fact } from '../../components/fact.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Time } from '../../components/time.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import { EndButton } from '../../sessions/end-button.tsx'
import { EndSession } from '../../sessions/end-session.tsx'
import { sessionColumns } from '../../sessions/session-columns.tsx'
import { enrolmentTexts, factorTexts } from '../../texts/second-factors.ts'
import { sessionTexts, userSessionTexts as texts } from '../../texts/sessions.ts'

type Props = { user: { id: string; name: string; tenants: string[] } }

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
      <SecondFactors id={user.id} />
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

function SecondFactors({ id }: { id: string }) {
  const factors = api.useQuery('get', '/api/v1/users/{id}/second-factors', {
    params: { path: { id } },
  })
  return (
    <Loaded query={factors}>
      {({ totp, passkeys, recovery_codes_left }) => (
        <DataList labelWidth="8rem">
          <Fact label={enrolmentTexts.app}>
            {totp ? (
              <>
                {texts.since} <Time at={totp.confirmed_at} />
              </>
            ) : (
              texts.noFactor
            )}
          </Fact>
          <Fact label={factorTexts.passkeys}>{passkeys === 0 ? texts.noFactor : passkeys}</Fact>
          <Fact label={enrolmentTexts.codes}>
            {recovery_codes_left === 0 ? texts.noFactor : texts.codesLeft(recovery_codes_left)}
          </Fact>
        </DataList>
      )}
    </Loaded>
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

function EndEverything({ user: { id, name, tenants } }: Props) {
  const params = { path: { id } }
  return (
    <EndButton
      label={texts.endEverything}
      allowed={useAllowedOver('users.deactivate', tenants)}
      title={texts.endEverythingTitle(name)}
      about={texts.endEverythingAbout}
      action={texts.endEverything}
      end={() => client.POST('/api/v1/users/{id}/end-credentials', { params })}
      done={(answer) =>
        texts.everythingEnded(answer?.sessions_ended ?? 0, answer?.tokens_revoked ?? 0)
      }
    />
  )
}
