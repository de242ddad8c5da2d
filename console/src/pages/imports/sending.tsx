import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import type { Sent } from '../../api/upload.ts'
import { uploadTexts as words } from '../../texts/imports.ts'

type Props = { sent: Sent | null; onStop: () => void }

/** How much of the files is on the server; nothing has begun there until all of it is. */
export function Sending({ sent, onStop }: Props) {
  const isSent = sent !== null && sent.loaded === sent.total
  return (
    <Stack gap="xs">
      <Progress.Root size="lg">
        <Progress.Section
          value={sent === null ? 0 : (100 * sent.loaded) / Math.max(1, sent.total)}
          animated={isSent}
          aria-label={words.sending}
        />
      </Progress.Root>
      <Group justify="space-between">
        <Text size="sm">
          {isSent ? words.checking : words.sent(sent?.loaded ?? 0, sent?.total ?? 0)}
        </Text>
        <Button variant="default" onClick={onStop}>
          {words.stop}
        </Button>
      </Group>
    </Stack>
  )
}
