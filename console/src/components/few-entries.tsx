import { Badge, Group, Text } from '@mantine/core'
import { texts } from '../texts/common.ts'
import { ScopeEntries } from './scope-entry.tsx'

const fewMax = 3

/** A tenant scope in a row of a list: its first entries, and how many more there are. */
export function FewEntries({ entries, none }: { entries: readonly string[]; none: string }) {
  if (entries.length === 0) return <Text size="sm">{none}</Text>
  const behind = entries.length - fewMax
  return (
    <Group gap={6}>
      <ScopeEntries entries={entries.slice(0, fewMax)} />
      {behind > 0 && (
        <Badge variant="transparent" color="gray" c="var(--mantine-color-text)" tt="none" px={0}>
          {texts.andMore(behind)}
        </Badge>
      )}
    </Group>
  )
}
