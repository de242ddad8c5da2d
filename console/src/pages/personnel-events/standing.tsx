import { Alert } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { PersonnelEvent } from '../../personnel-events/types.ts'
import { eventDetailTexts as words } from '../../texts/personnel-events.ts'

/** What one must know before looking at the rest. */
export function Standing({ event: { status, failure } }: { event: PersonnelEvent }) {
  if (status === 'failed') {
    return (
      <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={words.failedTitle}>
        {failure}
      </Alert>
    )
  }
  if (status !== 'canceled') return null
  return (
    <Alert variant="light" color="gray" icon={<IconInfoCircle aria-hidden />}>
      {words.isCanceled}
    </Alert>
  )
}
