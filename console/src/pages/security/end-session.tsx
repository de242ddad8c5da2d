import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { keepFocus } from '../../components/keep-focus.ts'
import { Time } from '../../components/time.tsx'
import { securityTexts as texts } from '../../texts/security.ts'
import { deviceOf } from './device.ts'
import type { Session } from './session.ts'

export function EndSession({
  session: { id, ip, user_agent, last_used_at },
}: {
  session: Session
}) {
  const [isOpen, { open, close }] = useDisclosure()
  const device = deviceOf(user_agent)
  const address = ip ?? texts.unknownAddress
  const end = api.useMutation('delete', '/api/v1/me/sessions/{id}', {
    onSuccess() {
      notifications.show({ message: texts.ended })
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
        aria-label={texts.endThat(device, address)}
      >
        {texts.end}
      </Button>
      <ConfirmDialog
        opened={isOpen}
        title={texts.endTitle}
        action={texts.end}
        onConfirm={() => end.mutate({ params: { path: { id } } })}
        onClose={close}
        isBusy={end.isPending}
        error={end.error}
      >
        <Text fw={500}>
          {device} ({address}), {texts.lastActive} <Time at={last_used_at} />
        </Text>
        <Text size="sm">{texts.endAbout}</Text>
      </ConfirmDialog>
    </>
  )
}
