import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { secondFactorTexts as texts } from '../texts/second-factors.ts'
import { CopySecret } from '../tokens/copy-secret.tsx'
import { NotCopied } from '../tokens/not-copied.tsx'
import { useKeptSecret } from '../tokens/use-kept-secret.ts'

/** Shows the codes, this once, as SecretDialog shows a token. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { copyButton, take, asks, close, leave, stay } = useKeptSecret(onClose)
  return (
    <Modal
      opened
      onClose={() => undefined}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      title={texts.newCodes}
      centered
      transitionProps={{ duration: 0 }}
    >
      <Stack>
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />}>
          {texts.once}
        </Alert>
        <CopySecret
          label={texts.recovery}
          copyLabel={texts.copyCodes}
          value={codes.join('\n')}
          onTaken={take}
          copyButton={copyButton}
          isFirst
        />
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
