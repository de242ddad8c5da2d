import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { texts } from '../texts/common.ts'
import { FailureAlert } from './failure.tsx'

type Props = {
  opened: boolean
  title: string
  /** What is about to happen, and to what. */
  children: ReactNode
  action: string
  /** The way out, where “Cancel” could be taken for the action. */
  keep?: string
  color?: string
  onConfirm: () => void
  onClose: () => void
  isBusy: boolean
  error: unknown
}

/**
 * Asks before something is done that can't be undone. Keep it mounted and open it by `opened`, so that the focus
 * goes back to where it came from.
 */
export function ConfirmDialog({
  opened,
  title,
  children,
  action,
  keep = texts.cancel,
  color = 'red',
  onConfirm,
  onClose,
  isBusy,
  error,
}: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered>
      <Stack>
        {children}
        {error !== null && error !== undefined && <FailureAlert error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {keep}
          </Button>
          <Button color={color} loading={isBusy} onClick={onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
