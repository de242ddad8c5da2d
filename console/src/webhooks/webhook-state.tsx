import { Stack, Text } from '@mantine/core'
import { StateBadge, type Tone } from '../components/state-badge.tsx'
import { Time } from '../components/time.tsx'
import { webhookTexts as texts } from '../texts/webhooks.ts'
import type { Webhook } from './types.ts'

type State = keyof typeof texts.states

const tones: Record<State, Tone> = { enabled: 'good', failing: 'bad', disabled: 'stopped' }

const stateOf = ({ is_enabled, failing_since }: Webhook): State =>
  !is_enabled ? 'disabled' : failing_since === null ? 'enabled' : 'failing'

/** Whether it is told anything, and since when nothing arrives. */
export function WebhookState({ webhook }: { webhook: Webhook }) {
  const state = stateOf(webhook)
  return (
    <Stack gap={2} align="flex-start">
      <StateBadge tone={tones[state]}>{texts.states[state]}</StateBadge>
      {state === 'failing' && (
        <Text size="xs" c="dimmed">
          {texts.failingSince} <Time at={webhook.failing_since} />
        </Text>
      )}
      {state === 'disabled' && webhook.disabled_reason !== null && (
        <Text size="xs" c="dimmed">
          {webhook.disabled_reason}
        </Text>
      )}
    </Stack>
  )
}
