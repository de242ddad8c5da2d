import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Sent } from '../../api/upload.ts'
import { uploadTexts as words } from '../../texts/imports.ts'

type Props = { sent: Sent | null; onStop: () => void }

/** How much of the files is on the server; nothing has begun there until all of it is, and then it can't be stopped here. */
export function Sending({ sent, onStop }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const isSent = sent !== null && sent.loaded === sent.total
  // The button that had the focus is gone: the one that began it, or the one that stops it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again when that button goes
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.focus()
  }, [isSent])
  return (
    <Stack ref={box} gap="xs" tabIndex={-1} role="group" aria-label={words.underWay}>
      <Progress.Root size="lg">
        <Progress.Section
          value={sent === null ? 0 : (100 * sent.loaded) / Math.max(1, sent.total)}
          animated={isSent}
          aria-label={words.sending}
        />
      </Progress.Root>
      <Group justify="space-between">
        {!isSent && <Text size="sm">{words.sent(sent?.loaded ?? 0, sent?.total ?? 0)}</Text>}
        <Text size="sm" role="status">
          {isSent && words.checking}
        </Text>
        {!isSent && (
          <Button variant="default" onClick={onStop}>
            {words.stop}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
