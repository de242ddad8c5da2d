import { Button, Code, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useNavigate } from 'react-router'
import { api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { webhookDetailTexts as words } from '../../texts/webhooks.ts'
import type { Webhook } from '../../webhooks/types.ts'

export function DeleteWebhook({ webhook: { id, url } }: { webhook: Webhook }) {
  const [isOpen, { open, close }] = useDisclosure()
  const navigate = useNavigate()
  const remove = api.useMutation('delete', '/api/v1/webhooks/{id}', {
    onSuccess() {
      notifications.show({ message: words.removed })
      navigate('/webhooks', { replace: true })
    },
  })
  function start() {
    remove.reset()
    open()
  }
  return (
    <>
      <Button variant="default" onClick={start}>
        {words.remove}
      </Button>
      <ConfirmDialog
        opened={isOpen}
        onClose={close}
        title={words.removeTitle}
        action={words.removeAction}
        onConfirm={() => remove.mutate({ params: { path: { id } } })}
        isBusy={remove.isPending}
        error={remove.error}
      >
        <Code style={{ overflowWrap: 'anywhere' }}>{url}</Code>
        <Text size="sm">{words.removeAbout}</Text>
      </ConfirmDialog>
    </>
  )
}
