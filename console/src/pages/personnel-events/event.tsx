import { SimpleGrid, Stack } from '@mantine/core'
import { useParams } from 'react-router'
import { api } from '../../api/client.ts'
import { following } from '../../api/follow.ts'
import { todayInUtc } from '../../components/day.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { nameIn, type PersonnelEvent } from '../../personnel-events/types.ts'
import { eventTexts, eventDetailTexts as words } from '../../texts/personnel-events.ts'
import { EventActions } from './event-actions.tsx'
import { Facts } from './event-facts.tsx'
import { Plan } from './plan.tsx'
import { Stages } from './stages.tsx'
import { Standing } from './standing.tsx'

/** Due, so that the worker is about to do something with it. */
function isDue({ status, effective_date, end_date }: PersonnelEvent): boolean {
  const today = todayInUtc()
  if (status === 'scheduled') return effective_date <= today
  return status === 'open' && (end_date === null || end_date <= today)
}

export function Component() {
  const { id = '' } = useParams()
  const event = api.useQuery(
    'get',
    '/api/v1/personnel-events/{id}',
    { params: { path: { id } } },
    { refetchInterval: following(isDue) },
  )
  return <Loaded query={event}>{(data) => <EventPage event={data} />}</Loaded>
}

function EventPage({ event }: { event: PersonnelEvent }) {
  return (
    <Page
      title={words.title(eventTexts.types[event.type], nameIn(event))}
      above={[{ to: '/personnel-events', label: eventTexts.list }]}
      actions={<EventActions event={event} />}
    >
      <Standing event={event} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Stack gap="lg">
          <Plan event={event} />
          <Facts event={event} />
        </Stack>
        <Stages event={event} />
      </SimpleGrid>
    </Page>
  )
}
