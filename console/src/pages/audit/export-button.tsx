import { Alert, Button, Group, Loader, Modal, Stack, Text } from '@mantine/core'
import { IconCheck, IconDownload } from '@tabler/icons-react'
import { FailureAlert } from '../../components/failure.tsx'
import { auditTexts as texts } from '../../texts/audit.ts'
import { texts as common } from '../../texts/common.ts'
import { exportMax } from './collect-events.ts'
import type { EventFilters } from './use-event-filters.ts'
import { type Export, useExport } from './use-export.ts'

/** Saves all events that are filtered as a file, and says how far it is. */
export function ExportButton({ filters }: { filters: EventFilters['values'] }) {
  const { state, start, stop } = useExport(filters)
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={start}
      >
        {texts.export}
      </Button>
      <Modal opened={state !== null} onClose={stop} title={texts.exportTitle}>
        {state && (
          <Stack>
            <Progress state={state} />
            <Group justify="flex-end">
              <Button variant="default" onClick={stop} data-autofocus>
                {state.step === 'running' ? common.cancel : common.close}
              </Button>
            </Group>
          </Stack>
        )}
      </Modal>
    </>
  )
}

function Progress({ state }: { state: Export }) {
  if (state.step === 'failed') return <FailureAlert error={state.error} />
  return (
    <Stack gap="sm">
      <Group role="status" wrap="nowrap" gap="sm">
        {state.step === 'running' ? <Loader size="sm" aria-hidden /> : <IconCheck aria-hidden />}
        <Text>
          {state.step === 'running' ? texts.exporting(state.count) : texts.exported(state.count)}
        </Text>
      </Group>
      {state.step === 'done' && state.isBounded && (
        <Alert color="yellow">{texts.exportBounded(exportMax)}</Alert>
      )}
      {state.step === 'done' && (
        <Text size="sm" c="dimmed">
          {texts.exportSafe}
        </Text>
      )}
    </Stack>
  )
}
