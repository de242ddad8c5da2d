import { type ButtonProps, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Allowed } from '../access/use-allowed.ts'
import { AllowedButton } from '../components/allowed-button.tsx'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { keepFocus } from '../components/keep-focus.ts'

type Props<Answer> = ButtonProps & {
  label: string
  /** Where the label alone doesn't say which one. */
  'aria-label'?: string
  allowed?: Allowed
  title: string
  about: ReactNode
  action: string
  /** Fields of its own begin anew. */
  onOpen?: () => void
  end: () => Promise<{ data?: Answer; error?: unknown }>
  /** What is told when it is done. */
  done: (answer: Answer | undefined) => string
}

/** Ends sessions, or more, once one has confirmed it. */
export function EndButton<Answer>({
  label,
  allowed = { isAllowed: true, reason: null },
  title,
  about,
  action,
  onOpen,
  end,
  done,
  ...button
}: Props<Answer>) {
  const [isOpen, { open, close }] = useDisclosure()
  const ending = useMutation({
    async mutationFn() {
      const { data, error } = await end()
      if (error !== undefined) throw error
      return data
    },
    onSuccess(answer) {
      notifications.show({ message: done(answer) })
      close()
      keepFocus()
    },
  })
  function start() {
    ending.reset()
    onOpen?.()
    open()
  }
  return (
    <>
      <AllowedButton variant="default" {...button} allowed={allowed} onClick={start}>
        {label}
      </AllowedButton>
      <ConfirmDialog
        opened={isOpen}
        title={title}
        action={action}
        onConfirm={() => ending.mutate()}
        onClose={close}
        isBusy={ending.isPending}
        error={ending.error}
      >
        <Text component="div" size="sm">
          {about}
        </Text>
      </ConfirmDialog>
    </>
  )
}
