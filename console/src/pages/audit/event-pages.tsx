import { Button, Group, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconChevronsLeft } from '@tabler/icons-react'
import { auditTexts as texts } from '../../texts/audit.ts'
import type { EventFilters } from './use-event-filters.ts'

type Props = { filters: EventFilters; count: number; next: string | null }

/** The log has no numbered pages: it grows at its head while one reads. */
export function EventPages({ filters, count, next }: Props) {
  const { cursor, turnToNewest, turnToNewer, turnToOlder } = filters
  return (
    <Group justify="space-between" component="nav" aria-label={texts.pages}>
      <Text size="sm" c="dimmed" role="status">
        {texts.shown(count)}
      </Text>
      <Group gap="xs">
        {cursor && (
          <Button
            variant="default"
            leftSection={<IconChevronsLeft size={16} aria-hidden />}
            onClick={() => upAfter(turnToNewest)}
          >
            {texts.newest}
          </Button>
        )}
        {turnToNewer && (
          <Button
            variant="default"
            leftSection={<IconChevronLeft size={16} aria-hidden />}
            onClick={() => upAfter(turnToNewer)}
          >
            {texts.newer}
          </Button>
        )}
        {next && (
          <Button
            variant="default"
            rightSection={<IconChevronRight size={16} aria-hidden />}
            onClick={() => upAfter(() => turnToOlder(next))}
          >
            {texts.older}
          </Button>
        )}
      </Group>
    </Group>
  )
}

/** Another page is read from its beginning. */
function upAfter(turn: () => void) {
  turn()
  scrollTo({ top: 0 })
}
