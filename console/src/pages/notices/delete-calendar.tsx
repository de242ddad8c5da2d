import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { keepFocus } from '../../components/keep-focus.ts'
import { calendarTexts as words } from '../../texts/notices.ts'

export function DeleteCalendar() {
  const [isOpen, { open, close }] = useDisclosure()
  const remove = api.useMutation('delete', '/api/v1/me/calendar-feed', {
    onSuccess() {
      close()
      keepFocus()
      notifications.show({ message: words.removed })
    },
  })
  function start() {
    remove.reset()
    open()
  }
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={start}>
        {words.remove}
      </Button>
      <ConfirmDialog
        opened={isOpen}
        onClose={close}
        title={words.removeTitle}
        action={words.removeAction}
        onConfirm={() => remove.mutate({})}
        isBusy={remove.isPending}
        error={remove.error}
      >
        <Text size="sm">{words.removeAbout}</Text>
      </ConfirmDialog>
    </>
  )
}
