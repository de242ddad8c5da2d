import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { webhookDetailTexts as words } from '../../texts/webhooks.ts'
import { NewSecret } from './new-secret.tsx'

/** A new secret, and for a day the old one beside it. */
export function RotateSecret({ id }: { id: string }) {
  const [isOpen, { open, close }] = useDisclosure()
  const [secret, setSecret] = useState<string | null>(null)
  const rotate = useMutation({
    mutationFn: async () => {
      const { data, error } = await client.POST('/api/v1/webhooks/{id}/rotate-secret', {
        params: { path: { id } },
      })
      if (error) throw error
      // Kept here, and not answered: what a mutation answers is kept in its cache.
      setSecret(data.secret ?? null)
    },
    onSuccess: close,
  })
  function start() {
    rotate.reset()
    open()
  }
  return (
    <>
      <Button variant="default" onClick={start}>
        {words.rotate}
      </Button>
      <ConfirmDialog
        opened={isOpen}
        onClose={close}
        title={words.rotateTitle}
        action={words.rotateAction}
        color="gate"
        onConfirm={() => rotate.mutate()}
        isBusy={rotate.isPending}
        error={rotate.error}
      >
        <Text size="sm">{words.rotateAbout}</Text>
        <Text size="sm">{words.rotateTwice}</Text>
      </ConfirmDialog>
      {secret !== null && <NewSecret secret={secret} isRotated onClose={() => setSecret(null)} />}
    </>
  )
}
