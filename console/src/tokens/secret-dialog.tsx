import { Alert, Anchor, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react'
import { secretTexts } from '../texts/tokens.ts'
import { CopySecret } from './copy-secret.tsx'
import { NotCopied } from './not-copied.tsx'
import { curlOf, downloadEnv } from './take-along.ts'
import { useKeptSecret } from './use-kept-secret.ts'

type Props = { token: string; name: string; onClose: () => void }

/**
 * Shows a secret, this once. It is kept by whoever renders this, in a state of their own and nowhere else,
 * and forgotten by `onClose`. Nothing closes it by accident: no key, no click beside it, no step back.
 */
export function SecretDialog({ token, name, onClose }: Props) {
  const { copyButton, take, asks, close, leave, stay } = useKeptSecret(onClose)
  return (
    <Modal
      opened
      onClose={() => undefined}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      title={secretTexts.title}
      size="lg"
      centered
      transitionProps={{ duration: 0 }}
    >
      <Stack>
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />}>
          {secretTexts.once}
        </Alert>
        <CopySecret
          label={secretTexts.label(name)}
          copyLabel={secretTexts.copy}
          value={token}
          onTaken={take}
          copyButton={copyButton}
          isFirst
        />
        <Group>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => {
              downloadEnv(name, token)
              take()
            }}
          >
            {secretTexts.download}
          </Button>
        </Group>
        <CopySecret
          label={secretTexts.curl}
          copyLabel={secretTexts.copyCurl}
          value={curlOf(token)}
          onTaken={take}
        />
        <PostmanHint />
        {asks ? (
          <NotCopied texts={secretTexts} onStay={stay} onLeave={leave} />
        ) : (
          <Group justify="flex-end">
            <Button onClick={close}>{secretTexts.close}</Button>
          </Group>
        )}
      </Stack>
    </Modal>
  )
}

function PostmanHint() {
  return (
    <Text size="sm">
      {secretTexts.postman}{' '}
      <Anchor href="/api/v1/openapi.json" target="_blank" inherit underline="always">
        {secretTexts.postmanLink}
      </Anchor>
      .
    </Text>
  )
}
