import { Alert, Code, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconHandStop, IconInfoCircle } from '@tabler/icons-react'
import type { Import } from '../../imports/types.ts'
import { importDetailTexts as words } from '../../texts/imports.ts'

/** What one must know before looking at the rest: why it failed, what it waits for. */
export function Standing({ shown: { status, type, log, metrics } }: { shown: Import }) {
  if (status === 'failed') {
    return (
      <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={words.failed}>
        <Stack gap="xs">
          {log !== null && (
            <Code block style={{ whiteSpace: 'pre-wrap' }}>
              {log}
            </Code>
          )}
          <Text size="sm">{type === 'scheduled' ? words.failedFetchAbout : words.failedAbout}</Text>
        </Stack>
      </Alert>
    )
  }
  if (status === 'paused') {
    return (
      <Alert color="orange" icon={<IconHandStop aria-hidden />} title={words.paused}>
        {metrics ? words.pausedAbout(metrics.change_percent) : words.pausedUnknown}
      </Alert>
    )
  }
  if (status !== 'canceled') return null
  return (
    <Alert variant="light" color="gray" icon={<IconInfoCircle aria-hidden />}>
      {words.canceled}
    </Alert>
  )
}
