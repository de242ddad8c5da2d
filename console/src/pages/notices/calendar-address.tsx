import { List, Stack, Text } from '@mantine/core'
import { calendarAddressTexts as words } from '../../texts/notices.ts'
import { ShownOnce } from '../../tokens/shown-once.tsx'

type Props = { calendar_url: string; onClose: () => void }

/** The secret address, shown this once, and where it goes. */
export function CalendarAddress({ calendar_url, onClose }: Props) {
  return (
    <ShownOnce texts={words} label={words.label} secret={calendar_url} onClose={onClose}>
      {() => (
        <Stack gap="xs">
          <Text size="sm">{words.how}</Text>
          <List size="sm">
            {words.ways.map((way) => (
              <List.Item key={way}>{way}</List.Item>
            ))}
          </List>
          <Text size="sm" c="dimmed">
            {words.often}
          </Text>
        </Stack>
      )}
    </ShownOnce>
  )
}
