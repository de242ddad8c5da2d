import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { webhookSecretTexts as words } from '../../texts/webhooks.ts'
import { ShownOnce } from '../../tokens/shown-once.tsx'

type Props = { secret: string; isRotated?: boolean; onClose: () => void }

/** The secret of a webhook, shown this once. */
export function NewSecret({ secret, isRotated = false, onClose }: Props) {
  return (
    <ShownOnce texts={words} label={words.label} secret={secret} onClose={onClose}>
      {() => (
        <Text size="sm">
          {words.about} {isRotated && words.rotated}
        </Text>
      )}
    </ShownOnce>
  )
}

type LostProps = { isRotated?: boolean; onClose: () => void }

/** Instead of the secret, where it was lost on its way. */
export function SecretLost({ isRotated = false, onClose }: LostProps) {
  const title = isRotated ? words.rotatedLostTitle : words.lostTitle
  return (
    <Modal opened onClose={onClose} withCloseButton={false} title={title} centered>
      <Stack>
        <Text>{isRotated ? words.rotatedLostAbout : words.lostAbout}</Text>
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            {isRotated ? words.close : words.toWebhook}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
