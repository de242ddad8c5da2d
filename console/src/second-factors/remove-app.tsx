import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { api } from '../api/client.ts'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { keepFocus } from '../components/keep-focus.ts'
import { secondFactorTexts as texts } from '../texts/second-factors.ts'

export function RemoveApp() {
  const [isOpen, { open, close }] = useDisclosure()
  const remove = api.useMutation('delete', '/api/v1/me/totp', {
    onSuccess() {
      notifications.show({ message: texts.appRemoved })
      close()
      keepFocus()
    },
  })
  return (
    <>
      <Button variant="default" onClick={open}>
        {texts.removeApp}
      </Button>
      <ConfirmDialog
        opened={isOpen}
        title={texts.removeAppTitle}
        action={texts.removeApp}
        onConfirm={() => remove.mutate({})}
        onClose={close}
        isBusy={remove.isPending}
        error={remove.error}
      >
        <Text size="sm">{texts.removeAppAbout}</Text>
      </ConfirmDialog>
    </>
  )
}
