import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { useSubmitKey } from '../../api/idempotency.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { webhookDetailTexts as words } from '../../texts/webhooks.ts'
import { NewSecret, SecretLost } from './new-secret.tsx'

/** A new secret, and for a day the old one beside it. */
export function RotateSecret({ id }: { id: string }) {
  const [isOpen, { open, close }] = useDisclosure()
  const [made, setMade] = useState<{ secret?: string } | null>(null)
  // A request whose answer never came is the same one, also when the dialog was closed meanwhile.
  const [answered, setAnswered] = useState(0)
  const keyOf = useSubmitKey()
  const rotate = useMutation({
    mutationFn: async () => {
      const { data, error } = await client.POST('/api/v1/webhooks/{id}/rotate-secret', {
        params: { path: { id }, header: keyOf({ id, answered }) },
      })
      if (error) throw error
      // Kept here, and not answered: what a mutation answers is kept in its cache.
      setMade(data)
    },
    onSuccess() {
      setAnswered((count) => count + 1)
      close()
    },
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
      {made?.secret && <NewSecret secret={made.secret} isRotated onClose={() => setMade(null)} />}
      {made && !made.secret && <SecretLost isRotated onClose={() => setMade(null)} />}
    </>
  )
}
