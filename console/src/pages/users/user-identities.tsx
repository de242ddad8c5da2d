import { Badge, Group, Text } from '@mantine/core'
import { useAllowedOver } from '../../access/use-allowed-at.ts'
import { api, client } from '../../api/client.ts'
import { Fact } from '../../components/fact.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Time } from '../../components/time.tsx'
import type { components } from '../../generated/api.d.ts'
import { EndButton } from '../../sessions/end-button.tsx'
import { userSignInTexts as texts } from '../../texts/user-sign-in.ts'

type Identity = components['schemas']['ExternalIdentity']
/** One’s own are unlinked where one’s own things are, which asks whether another way in is left. */
type Props = { user: { id: string; tenants: string[] }; isOwn: boolean }

/** Nobody has more: one of each provider. */
const limit = 100

/** Who a person is to identity providers, as lines of a list of facts. */
export function UserIdentities({ user, isOwn }: Props) {
  const identities = api.useQuery('get', '/api/v1/users/{id}/external-identities', {
    params: { path: { id: user.id }, query: { limit } },
  })
  return (
    <Fact label={texts.identities}>
      <Loaded query={identities}>
        {({ data }) =>
          data.length === 0
            ? texts.noIdentities
            : data.map((one) => <Line key={one.id} user={user} isOwn={isOwn} identity={one} />)
        }
      </Loaded>
    </Fact>
  )
}

function Line({ user, isOwn, identity }: Props & { identity: Identity }) {
  const { identity_provider, subject, email, last_used_at } = identity
  const { name, is_enabled } = identity_provider
  return (
    <Group gap="sm" mb={4}>
      <Text size="sm">
        <strong>{name}</strong>: {texts.identityAs(subject, email)},{' '}
        {last_used_at ? (
          <>
            {texts.lastUsed} <Time at={last_used_at} />
          </>
        ) : (
          texts.neverUsed
        )}
      </Text>
      {!is_enabled && (
        <Badge color="gray" variant="light" tt="none">
          {texts.providerOff}
        </Badge>
      )}
      {!isOwn && <Unlink user={user} identity={identity} />}
    </Group>
  )
}

function Unlink({ user, identity }: Pick<Props, 'user'> & { identity: Identity }) {
  const { name } = identity.identity_provider
  const path = { id: user.id, external_identity_id: identity.id }
  return (
    <EndButton
      size="compact-sm"
      label={texts.unlink}
      aria-label={texts.unlinkThat(name)}
      allowed={useAllowedOver('users.update', user.tenants)}
      title={texts.unlinkTitle(name)}
      about={texts.unlinkAbout}
      action={texts.unlink}
      end={() =>
        client.DELETE('/api/v1/users/{id}/external-identities/{external_identity_id}', {
          params: { path },
        })
      }
      done={() => texts.unlinked}
    />
  )
}
