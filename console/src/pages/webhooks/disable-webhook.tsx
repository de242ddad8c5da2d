import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { keepFocus } from '../../components/keep-focus.ts'
import { webhookDetailTexts as words } from '../../texts/webhooks.ts'

/** Asked first: what waits is lost by it. */
export function DisableWebhook({ id }: { id: string }) {
  const [isOpen, { open, close }] = useDisclosure()
  const update = api.useMutation('patch', '/api/v1/webhooks/{id}', {
    onSuccess() {
      close()
      keepFocus()
      notifications.show({ message: words.disabled })
    },
  })
  function start() {
    update.reset()
    open()
  }
  return (
    <>
      <Button variant="default" onClick={start}>
        {words.disable}
      </Button>
      <ConfirmDialog
        opened={isOpen}
        onClose={close}
        title={words.disableTitle}
        action={words.disable}
        onConfirm={() => update.mutate({ params: { path: { id } }, body: { is_enabled: false } })}
        isBusy={update.isPending}
        error={update.error}
      >
        <Text size="sm">{words.disableAbout}</Text>
      </ConfirmDialog>
    </>
  )
}
