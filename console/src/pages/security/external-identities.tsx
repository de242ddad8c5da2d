import { List, Stack, Text } from '@mantine/core'
import { api, client } from '../../api/client.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Section } from '../../components/section.tsx'
import type { components } from '../../generated/api.d.ts'
import { EndButton } from '../../sessions/end-button.tsx'
import { IdentityLine } from '../../sso/identity-line.tsx'
import { useOfferedProviders } from '../../sso/use-offered-providers.ts'
import { externalIdentityTexts as texts } from '../../texts/sso.ts'
import { LinkAnother } from './link-another.tsx'
import { useJustLinked } from './use-just-linked.ts'

type Identity = components['schemas']['ExternalIdentity']

/** Who one is to identity providers. Where there are none, and nothing of before, nothing is said of it. */
export function ExternalIdentities() {
  const identities = api.useQuery('get', '/api/v1/me/external-identities', {
    params: { query: { limit: 100 } },
  })
  const providers = useOfferedProviders()
  const linked = identities.data?.data
  useJustLinked(linked)
  if (providers.length === 0 && linked?.length === 0) return null
  return (
    <Section title={texts.title} about={texts.about}>
      <Loaded query={identities}>
        {({ data }) => (
          <Stack>
            <Identities identities={data} />
            <LinkAnother
              providers={providers.filter(
                ({ id }) => !data.some(({ identity_provider }) => identity_provider.id === id),
              )}
            />
          </Stack>
        )}
      </Loaded>
    </Section>
  )
}

function Identities({ identities }: { identities: readonly Identity[] }) {
  if (identities.length === 0) return <Text size="sm">{texts.none}</Text>
  return (
    <List listStyleType="none" spacing="sm" aria-label={texts.title}>
      {identities.map((identity) => (
        <List.Item key={identity.id} styles={{ itemWrapper: { width: '100%' } }}>
          <IdentityLine identity={identity}>
            <Unlink identity={identity} />
          </IdentityLine>
        </List.Item>
      ))}
    </List>
  )
}

function Unlink({ identity: { id, identity_provider } }: { identity: Identity }) {
  const { name } = identity_provider
  return (
    <EndButton
      size="compact-sm"
      label={texts.unlink}
      aria-label={texts.unlinkNamed(name)}
      title={texts.unlinkTitle(name)}
      about={texts.unlinkAbout}
      action={texts.unlink}
      end={() => client.DELETE('/api/v1/me/external-identities/{id}', { params: { path: { id } } })}
      done={() => texts.unlinked(name)}
    />
  )
}
