import { Group, Text } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Section } from '../../components/section.tsx'
import { Time } from '../../components/time.tsx'
import { calendarTexts as words } from '../../texts/notices.ts'
import { CalendarAddress } from './calendar-address.tsx'
import { CreateCalendar } from './create-calendar.tsx'
import { DeleteCalendar } from './delete-calendar.tsx'
import { ReplaceCalendar } from './replace-calendar.tsx'

/** The calendar of when one's tokens expire: whether it has an address, and what can be done about that. */
export function CalendarFeed() {
  const [calendar_url, setUrl] = useState<string | null>(null)
  const feed = api.useQuery('get', '/api/v1/me/calendar-feed')
  // Where there was one, it stays in the query beside the answer that there is none.
  const isNone = feed.error !== null && failureOf(feed.error).isNotFound
  return (
    <Section title={words.title} about={words.about}>
      {isNone ? (
        <Group justify="space-between">
          <Text size="sm">{words.none}</Text>
          <CreateCalendar onCreated={setUrl} />
        </Group>
      ) : (
        <Loaded query={feed}>
          {({ created_at }) => (
            <Group justify="space-between">
              <Text size="sm">
                {words.since} <Time at={created_at} />.
              </Text>
              <Group gap="xs">
                <ReplaceCalendar onCreated={setUrl} />
                <DeleteCalendar />
              </Group>
            </Group>
          )}
        </Loaded>
      )}
      {calendar_url !== null && (
        <CalendarAddress calendar_url={calendar_url} onClose={() => setUrl(null)} />
      )}
    </Section>
  )
}
