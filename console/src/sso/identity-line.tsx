import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { StateBadge } from '../components/state-badge.tsx'
import { Time } from '../components/time.tsx'
import type { components } from '../generated/api.d.ts'
import { externalIdentityTexts as texts } from '../texts/sso.ts'

type Props = { identity: components['schemas']['ExternalIdentity']; children?: ReactNode }

/** Who somebody is to a provider, and beside it what can be done about it. */
export function IdentityLine({ identity, children }: Props) {
  const { identity_provider, email, subject, created_at, last_used_at } = identity
  return (
    <Group justify="space-between" gap="xs">
      <div>
        <Group gap="xs">
          <Text size="sm" fw={500}>
            <bdi>{identity_provider.name}</bdi>
          </Text>
          {!identity_provider.is_enabled && (
            <StateBadge tone="stopped">{texts.isDisabled}</StateBadge>
          )}
        </Group>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {texts.subject} <bdi>{texts.known(subject, email)}</bdi>
        </Text>
        <Text size="sm" c="dimmed">
          {texts.since} <Time at={created_at} />, {texts.lastUsed}{' '}
          <Time at={last_used_at} never={texts.notYet} />
        </Text>
      </div>
      {children}
    </Group>
  )
}
