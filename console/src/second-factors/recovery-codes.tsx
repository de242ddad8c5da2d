import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react'
import { enrolmentTexts as texts } from '../texts/second-factors.ts'
import { CopySecret } from '../tokens/copy-secret.tsx'
import { NotCopied } from '../tokens/not-copied.tsx'
import { saveFile } from '../tokens/take-along.ts'
import { useKeptSecret } from '../tokens/use-kept-secret.ts'

/** Shown this once, in a dialog that nothing closes by accident. */
export function RecoveryCodes({
  codes,
  onClose,
}: {
  codes: readonly string[]
  onClose: () => void
}) {
  const { copyButton, take, asks, close, leave, stay } = useKeptSecret(onClose)
  return (
    <Stack>
      <Alert color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />}>
        {texts.codesOnce}
      </Alert>
      <Text size="sm">{texts.codesAbout}</Text>
      <CopySecret
        label={texts.codes}
        copyLabel={texts.copyCodes}
        value={codes.join('\n')}
        onTaken={take}
        copyButton={copyButton}
        isFirst
      />
      <Group>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => {
            saveFile(texts.codesFile, texts.codesFileContent(location.origin, codes))
            take()
          }}
        >
          {texts.download}
        </Button>
      </Group>
      {asks ? (
        <NotCopied texts={texts.notKept} onStay={stay} onLeave={leave} />
      ) : (
        <Group justify="flex-end">
          <Button onClick={close}>{texts.kept}</Button>
        </Group>
      )}
    </Stack>
  )
}
