import { Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Time } from '../../components/time.tsx'
import { securityTexts as texts } from '../../texts/security.ts'
import { deviceOf } from './device.ts'
import type { Session } from './sessions.tsx'

export function EndSession({ session, onClose }: { session: Session; onClose: () => void }) {
  const { mutate, isPending, error } = api.useMutation('delete', '/api/v1/me/sessions/{id}', {
    onSuccess() {
      notifications.show({ message: texts.ended, color: 'green' })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title={texts.endTitle}
      action={texts.end}
      onConfirm={() => mutate({ params: { path: { id: session.id } } })}
      onClose={onClose}
      isBusy={isPending}
      error={error}
    >
      <Text fw={500}>
        {deviceOf(session.user_agent)}, {session.ip ?? texts.unknownAddress}, {texts.lastActive}{' '}
        <Time at={session.last_used_at} />
      </Text>
      <Text size="sm">{texts.endAbout}</Text>
    </ConfirmDialog>
  )
}
