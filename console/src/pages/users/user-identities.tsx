import { useAllowedOver } from '../../access/use-allowed-at.ts'
import { api, client } from '../../api/client.ts'
import { Fact } from '../../components/fact.tsx'
import { Loaded } from '../../components/loaded.tsx'
import type { components } from '../../generated/api.d.ts'
import { EndButton } from '../../sessions/end-button.tsx'
import { IdentityLine } from '../../sso/identity-line.tsx'
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
            : data.map((one) => (
                <IdentityLine key={one.id} identity={one}>
                  {!isOwn && <Unlink user={user} identity={one} />}
                </IdentityLine>
              ))
        }
      </Loaded>
    </Fact>
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
