import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'

type Props = {
  texts: { notCopied: string; notCopiedAbout: string; back: string; closeAnyway: string }
  onStay: () => void
  onLeave: () => void
}

/** Asks, in the place of the button that would have closed, and takes its focus. */
export function NotCopied({ texts, onStay, onLeave }: Props) {
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => back.current?.focus(), [])
  return (
    <Alert role="alert" color="red" variant="light" title={texts.notCopied}>
      <Stack gap="sm">
        <Text size="sm">{texts.notCopiedAbout}</Text>
        <Group>
          <Button ref={back} onClick={onStay}>
            {texts.back}
          </Button>
          <Button variant="default" onClick={onLeave}>
            {texts.closeAnyway}
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}
