import { Group, List, Stack, Text } from '@mantine/core'
import { api, client } from '../../api/client.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Section } from '../../components/section.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { Time } from '../../components/time.tsx'
import type { components } from '../../generated/api.d.ts'
import { EndButton } from '../../sessions/end-button.tsx'
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
          <IdentityLine identity={identity} />
        </List.Item>
      ))}
    </List>
  )
}

function IdentityLine({ identity }: { identity: Identity }) {
  const { id, identity_provider, email, subject, created_at, last_used_at } = identity
  const { name, is_enabled } = identity_provider
  return (
    <Group justify="space-between" gap="xs">
      <div>
        <Group gap="xs">
          <Text size="sm" fw={500}>
            <bdi>{name}</bdi>
          </Text>
          {!is_enabled && <StateBadge tone="stopped">{texts.isDisabled}</StateBadge>}
        </Group>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {texts.subject} <bdi>{email ?? subject}</bdi>
        </Text>
        <Text size="sm" c="dimmed">
          {texts.since} <Time at={created_at} />, {texts.lastUsed}{' '}
          <Time at={last_used_at} never={texts.notYet} />
        </Text>
      </div>
      <EndButton
        size="compact-sm"
        label={texts.unlink}
        aria-label={texts.unlinkNamed(name)}
        title={texts.unlinkTitle(name)}
        about={texts.unlinkAbout}
        action={texts.unlink}
        end={() =>
          client.DELETE('/api/v1/me/external-identities/{id}', { params: { path: { id } } })
        }
        done={() => texts.unlinked(name)}
      />
    </Group>
  )
}
