import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { keepFocus } from '../../components/keep-focus.ts'
import { factorTexts as texts } from '../../texts/second-factors.ts'

type Factor = { kind: 'totp' } | { kind: 'passkey'; id: string; name: string }

async function remove(factor: Factor): Promise<void> {
  const { error } =
    factor.kind === 'totp'
      ? await client.DELETE('/api/v1/me/totp')
      : await client.DELETE('/api/v1/me/passkeys/{id}', { params: { path: { id: factor.id } } })
  if (error) throw error
}

export function RemoveFactor({ factor, isLast }: { factor: Factor; isLast: boolean }) {
  const [isOpen, { open, close }] = useDisclosure()
  const name = factor.kind === 'totp' ? texts.theApp : factor.name
  const removal = useMutation({
    mutationFn: () => remove(factor),
    onSuccess() {
      notifications.show({ message: texts.removed(name) })
      close()
      keepFocus()
    },
  })
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        onClick={open}
        aria-label={texts.removeNamed(name)}
      >
        {texts.remove}
      </Button>
      <ConfirmDialog
        opened={isOpen}
        title={texts.removeTitle(name)}
        action={texts.remove}
        onConfirm={() => removal.mutate()}
        onClose={close}
        isBusy={removal.isPending}
        error={removal.error}
      >
        <Text size="sm">{isLast ? texts.removeLastAbout : texts.removeAbout}</Text>
      </ConfirmDialog>
    </>
  )
}
