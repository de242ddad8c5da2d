import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { texts } from '../texts/common.ts'
import { FormFailure } from './form-failure.tsx'

type DialogProps = {
  opened: boolean
  onClose: () => void
  title: string
  children: ReactNode
}

/** A few fields over the page. Keep it mounted and open it by `opened`: so the focus goes back to where it came from. */
export function FormDialog({ opened, onClose, title, children }: DialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered closeOnClickOutside={false}>
      {children}
    </Modal>
  )
}

type BodyProps = {
  children: ReactNode
  action: string
  color?: string
  onSubmit: () => void
  onClose: () => void
  isBusy: boolean
  error: unknown
  /** Those that show their own errors. */
  fields: readonly string[]
}

/** The fields, what went wrong besides them, and the way out. */
export function FormDialogBody({ children, action, color, onSubmit, ...rest }: BodyProps) {
  const { onClose, isBusy, error, fields } = rest
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <Stack>
        {children}
        <FormFailure error={error} fields={fields} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button type="submit" loading={isBusy} {...(color && { color })}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
