import { Alert, Text } from '@mantine/core'
import { IconAlertTriangle, IconPlayerPause } from '@tabler/icons-react'
import { Time } from '../../components/time.tsx'
import { webhookDetailTexts as words } from '../../texts/webhooks.ts'
import type { Webhook } from '../../webhooks/types.ts'

/** What is wrong with it, or that it rests, and what that means for what happens meanwhile. */
export function Standing({ webhook }: { webhook: Webhook }) {
  const { is_enabled, disabled_reason, failing_since } = webhook
  if (!is_enabled) {
    return (
      <Alert
        variant="light"
        color="gray"
        icon={<IconPlayerPause aria-hidden />}
        title={words.disabledTitle}
      >
        <Text size="sm">
          {disabled_reason !== null && words.disabledBecause(disabled_reason)} {words.disabledAbout}
        </Text>
      </Alert>
    )
  }
  if (failing_since === null) return null
  return (
    <Alert
      variant="light"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={words.failingTitle}
    >
      <Text size="sm">
        {words.failingAbout} <Time at={failing_since} />.
      </Text>
    </Alert>
  )
}
