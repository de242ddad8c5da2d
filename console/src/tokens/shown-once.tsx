import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { CopySecret } from './copy-secret.tsx'
import { NotCopied } from './not-copied.tsx'
import { useKeptSecret } from './use-kept-secret.ts'

type Texts = {
  title: string
  once: string
  copy: string
  close: string
  notCopied: string
  notCopiedAbout: string
  back: string
  closeAnyway: string
}

type Props = {
  texts: Texts
  label: string
  secret: string
  /** Below the secret. Whoever takes it along in another way says so by `take`. */
  children?: (take: () => void) => ReactNode
  onClose: () => void
}

/**
 * Shows a secret, this once. It is kept by whoever renders this, in a state of their own and nowhere else,
 * and forgotten by `onClose`. Nothing closes it by accident: no key, no click beside it, no step back.
 */
export function ShownOnce({ texts, label, secret, children, onClose }: Props) {
  const { copyButton, take, asks, close, leave, stay } = useKeptSecret(onClose)
  return (
    <Modal
      opened
      onClose={() => undefined}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      title={texts.title}
      size="lg"
      centered
      transitionProps={{ duration: 0 }}
    >
      <Stack>
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />}>
          {texts.once}
        </Alert>
        <CopySecret
          label={label}
          copyLabel={texts.copy}
          value={secret}
          onTaken={take}
          copyButton={copyButton}
          isFirst
        />
        {children?.(take)}
        {asks ? (
          <NotCopied texts={texts} onStay={stay} onLeave={leave} />
        ) : (
          <Group justify="flex-end">
            <Button onClick={close}>{texts.close}</Button>
          </Group>
        )}
      </Stack>
    </Modal>
  )
}
