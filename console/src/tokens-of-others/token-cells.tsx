import { Box, Code, Group, Text } from '@mantine/core'
import { PersonName } from '../components/person-name.tsx'
import { StateBadge, type Tone } from '../components/state-badge.tsx'
import { Time } from '../components/time.tsx'
import type { components } from '../generated/api.d.ts'
import { othersTokens } from '../texts/tokens-of-others.ts'

type Token = components['schemas']['Token']

export function TokenName({ token: { name, hint, description } }: { token: Token }) {
  return (
    <Box miw={0}>
      <Group gap={6}>
        <Text fw={600} size="sm" style={{ overflowWrap: 'anywhere' }}>
          <bdi>{name}</bdi>
        </Text>
        <Code aria-label={othersTokens.endsWith(hint)}>…{hint}</Code>
      </Group>
      {description && (
        <Text size="xs" lineClamp={2} title={description}>
          <bdi>{description}</bdi>
        </Text>
      )}
    </Box>
  )
}

const tones: Record<Token['status'], Tone> = { active: 'good', expired: 'stopped', revoked: 'bad' }

/** Live, or ended: then when, by whom and why. */
export function TokenStatus({ token }: { token: Token }) {
  const { status, revoked_at, revoked_by, revoked_reason, expires_at } = token
  return (
    <Box>
      <StateBadge tone={tones[status]}>{othersTokens.statuses[status]}</StateBadge>
      {status === 'expired' && (
        <Text size="xs">
          <Time at={expires_at} />
        </Text>
      )}
      {status === 'revoked' && (
        <Text size="xs">
          <Time at={revoked_at} />
          {revoked_by && (
            <>
              {' '}
              {othersTokens.by} <PersonName id={revoked_by} />
            </>
          )}
          {revoked_reason && (
            <>
              {': '}
              <bdi>{revoked_reason}</bdi>
            </>
          )}
        </Text>
      )}
    </Box>
  )
}

export function LastUsed({ token: { last_used_at, last_used_ip } }: { token: Token }) {
  return (
    <Text size="sm">
      <Time at={last_used_at} never={othersTokens.neverUsed} />
      {last_used_ip && <> {othersTokens.from(last_used_ip)}</>}
    </Text>
  )
}

export function Expires({ token: { expires_at } }: { token: Token }) {
  return <Time at={expires_at} never={othersTokens.neverExpires} size="sm" />
}
