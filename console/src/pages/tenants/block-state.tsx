import { Box, Text } from '@mantine/core'
import { PersonName } from '../../components/person-name.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { Time } from '../../components/time.tsx'
import type { components } from '../../generated/api.d.ts'
import { othersTokens } from '../../texts/others-tokens.ts'
import { reachTexts as words } from '../../texts/tenants.ts'
import { Ended } from '../../tokens/token-columns.tsx'
import { TokenStatus } from '../../tokens/token-status.tsx'

type TenantToken = components['schemas']['TenantToken']
type Block = NonNullable<TenantToken['block']>

/** Does the token come in here? If not: who has ended or blocked it, when and why. */
export function BlockState({ token }: { token: TenantToken }) {
  const { block, owner } = token
  if (token.status !== 'active') {
    return (
      <Box>
        <TokenStatus token={token} />
        {token.revoked_at !== null && <Ended token={token} />}
      </Box>
    )
  }
  if (block) {
    return (
      <Box>
        <StateBadge tone="bad">{words.blocked}</StateBadge>
        <BlockFacts block={block} />
      </Box>
    )
  }
  if (owner.status === 'deactivated') {
    return <StateBadge tone="stopped">{words.ownerStopped}</StateBadge>
  }
  return <StateBadge tone="good">{words.works}</StateBadge>
}

export function BlockFacts({ block: { reason, created_at, created_by } }: { block: Block }) {
  return (
    <Text size="xs" mt={4}>
      <Time at={created_at} /> {othersTokens.by} <PersonName id={created_by} />
      {': '}
      <bdi>{reason}</bdi>
    </Text>
  )
}
