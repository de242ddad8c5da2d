import { Button, Popover, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { tokenTexts } from '../texts/tokens.ts'

type Props = {
  /** “3 tenants” */
  label: string
  items: readonly string[]
  show: (item: string) => ReactNode
}

const most = 20

/** How many, and which on demand. */
export function Counted({ label, items, show }: Props) {
  if (items.length === 0) return <Text inherit>{label}</Text>
  return (
    <Popover position="bottom-start" withArrow returnFocus trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          fw={500}
          mx={-8}
          style={{ justifySelf: 'start' }}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label} tabIndex={-1} maw={360}>
        <Stack gap={4}>
          {items.slice(0, most).map((item) => (
            <Text key={item} size="sm">
              {show(item)}
            </Text>
          ))}
          {items.length > most && (
            <Text size="sm" c="dimmed">
              {tokenTexts.more(items.length - most)}
            </Text>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
