import { Button, Group, Input, Stack, Text, Textarea } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { type Ref, useEffect, useId } from 'react'
import { secretTexts } from '../texts/tokens.ts'

type Props = {
  label: string
  copyLabel: string
  value: string
  /** Once it has really been copied, by the button or by hand. */
  onTaken: () => void
  copyButton?: Ref<HTMLButtonElement>
  isFirst?: boolean
}

/** Shown whole, however long, and read-only. A browser that doesn't let a page copy says so. */
export function CopySecret(props: Props) {
  const { label, copyLabel, value, onTaken, copyButton = null, isFirst = false } = props
  const { copy, copied, error } = useClipboard({ timeout: 3000 })
  const id = useId()
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once for each copy
  useEffect(() => {
    if (copied) onTaken()
  }, [copied])
  return (
    <Stack gap={4}>
      <Input.Label htmlFor={id}>
        <bdi>{label}</bdi>
      </Input.Label>
      <Group align="flex-start" gap="xs">
        <Textarea
          id={id}
          value={value}
          readOnly
          autosize
          minRows={1}
          autoComplete="off"
          spellCheck={false}
          onFocus={({ currentTarget }) => currentTarget.select()}
          onCopy={onTaken}
          styles={{
            input: {
              fontFamily: 'var(--mantine-font-family-monospace)',
              overflowWrap: 'anywhere',
            },
          }}
          flex="1 1 16rem"
        />
        <Button
          ref={copyButton}
          variant={isFirst ? 'filled' : 'default'}
          leftSection={
            copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
          }
          onClick={() => copy(value)}
          {...(isFirst && { 'data-autofocus': true })}
        >
          <span aria-live="polite">{copied ? secretTexts.copied : copyLabel}</span>
        </Button>
      </Group>
      {error && (
        <Text size="sm" role="alert">
          {secretTexts.cantCopy}
        </Text>
      )}
    </Stack>
  )
}
