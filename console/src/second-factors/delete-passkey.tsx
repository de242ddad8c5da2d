import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { api } from '../api/client.ts'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { keepFocus } from '../components/keep-focus.ts'
import { secondFactorTexts as texts } from '../texts/second-factors.ts'
import type { Passkey } from './types.ts'

export function DeletePasskey({ passkey: { id, name } }: { passkey: Passkey }) {
  const [isOpen, { open, close }] = useDisclosure()
  const remove = api.useMutation('delete', '/api/v1/me/passkeys/{id}', {
    onSuccess() {
      notifications.show({ message: texts.removed })
      close()
      keepFocus()
    },
  })
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        onClick={open}
        aria-label={texts.removeThat(name)}
      >
        {texts.remove}
      </Button>
      <ConfirmDialog
        opened={isOpen}
        title={texts.removeTitle}
        action={texts.remove}
        onConfirm={() => remove.mutate({ params: { path: { id } } })}
        onClose={close}
        isBusy={remove.isPending}
        error={remove.error}
      >
        <Text size="sm">{texts.removeAbout(name)}</Text>
      </ConfirmDialog>
    </>
  )
}
