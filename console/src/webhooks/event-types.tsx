import { Code, Group, Text } from '@mantine/core'
import { texts } from '../texts/common.ts'

const fewMax = 3

/** What a webhook is told of, in a row of a list: the first few, and how many more. */
export function FewEventTypes({ types }: { types: readonly string[] }) {
  const behind = types.length - fewMax
  return (
    <Group gap={4}>
      <EventTypes types={types.slice(0, fewMax)} />
      {behind > 0 && <Text size="xs">{texts.andMore(behind)}</Text>}
    </Group>
  )
}

export function EventTypes({ types }: { types: readonly string[] }) {
  return (
    <Group gap={4}>
      {types.map((type) => (
        <Code key={type}>{type}</Code>
      ))}
    </Group>
  )
}
