import { Alert, Anchor, DataList, Group, Stack, Text } from '@mantine/core'
import { Link } from 'react-router'
import { useMe } from '../../access/me.ts'
import { useAllowedOver } from '../../access/use-allowed-at.ts'
import { api, client } from '../../api/client.ts'
import { Fact } from '../../components/fact.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Time } from '../../components/time.tsx'
import type { components } from '../../generated/api.d.ts'
import { EndButton } from '../../sessions/end-button.tsx'
import { navigation } from '../../texts/navigation.ts'
import { enrolmentTexts, factorTexts } from '../../texts/second-factors.ts'
import { userSessionTexts } from '../../texts/sessions.ts'
import { userSignInTexts as texts } from '../../texts/user-sign-in.ts'
import { InviteAgain } from './invite-again.tsx'
import { UserIdentities } from './user-identities.tsx'

type Props = { user: components['schemas']['User'] }

/** By what a person signs in beside their password; an administrator takes it away, and never adds any. Oneself does it elsewhere. */
export function UserFactors({ user }: Props) {
  const isOwn = user.id === useMe().id
  const factors = api.useQuery('get', '/api/v1/users/{id}/second-factors', {
    params: { path: { id: user.id } },
  })
  return (
    <Loaded query={factors}>
      {({ totp, passkeys, recovery_codes_left, has_way_in }) => (
        <Stack gap="xs">
          {!has_way_in && user.status === 'active' && (
            <Alert color="yellow" title={texts.lockedOut}>
              <Stack gap="xs" align="flex-start">
                {texts.lockedOutAbout}
                {!isOwn && <InviteAgain user={user} />}
              </Stack>
            </Alert>
          )}
          <DataList labelWidth="8rem">
            <Fact label={enrolmentTexts.app}>
              {totp ? (
                <>
                  {userSessionTexts.since} <Time at={totp.confirmed_at} />
                </>
              ) : (
                userSessionTexts.noFactor
              )}
            </Fact>
            <Fact label={factorTexts.passkeys}>
              {passkeys === 0 ? userSessionTexts.noFactor : passkeys}
            </Fact>
            <Fact label={enrolmentTexts.codes}>
              {recovery_codes_left === 0
                ? userSessionTexts.noFactor
                : userSessionTexts.codesLeft(recovery_codes_left)}
            </Fact>
            <UserIdentities user={user} isOwn={isOwn} />
          </DataList>
          {isOwn && <OwnElsewhere />}
          {!isOwn && (totp || passkeys > 0) && (
            <Group>
              <ResetFactors user={user} />
            </Group>
          )}
        </Stack>
      )}
    </Loaded>
  )
}

function OwnElsewhere() {
  return (
    <Text size="sm">
      {texts.ownElsewhere}{' '}
      <Anchor component={Link} to="/settings/security" underline="always">
        {navigation.security}
      </Anchor>
    </Text>
  )
}

function ResetFactors({ user: { id, name, tenants } }: Props) {
  const params = { path: { id } }
  return (
    <EndButton
      label={texts.reset}
      allowed={useAllowedOver('users.update', tenants)}
      title={texts.resetTitle(name)}
      about={texts.resetAbout}
      action={texts.reset}
      end={() => client.DELETE('/api/v1/users/{id}/second-factors', { params })}
      done={(answer) => (answer?.has_way_in ? texts.resetDone : texts.noWayIn)}
    />
  )
}
