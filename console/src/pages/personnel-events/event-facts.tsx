import { DataList, Stack, Title } from '@mantine/core'
import { Day } from '../../components/day.tsx'
import { Fact } from '../../components/fact.tsx'
import { IdText } from '../../components/id-text.tsx'
import { ScopeEntry } from '../../components/scope-entry.tsx'
import { Time } from '../../components/time.tsx'
import { IdentityLink } from '../../identities/identity-link.tsx'
import { EventStatus } from '../../personnel-events/event-status.tsx'
import { nameIn, type PersonnelEvent } from '../../personnel-events/types.ts'
import { eventTexts, eventDetailTexts as words } from '../../texts/personnel-events.ts'

/** Who, where and when, and who said so. */
export function Facts({ event }: { event: PersonnelEvent }) {
  const { affected_identity, tenant_id, effective_date, end_date, reporter, comment } = event
  const hasEnd = event.type === 'leave_of_absence' || end_date !== null
  return (
    <Stack gap="sm" component="section" aria-label={words.facts}>
      <Title order={2} size="h4">
        {words.facts}
      </Title>
      <DataList labelWidth="8rem">
        <Fact label={eventTexts.status}>
          <EventStatus status={event.status} />
        </Fact>
        <Fact label={eventTexts.identity}>
          {affected_identity ? (
            <IdentityLink identity={affected_identity} />
          ) : (
            <bdi>{nameIn(event)}</bdi>
          )}
        </Fact>
        <Fact label={words.tenant}>
          <ScopeEntry entry={tenant_id} />
        </Fact>
        <Fact label={words.effective}>
          <Day date={effective_date} />
        </Fact>
        {hasEnd && (
          <Fact label={words.end}>{end_date === null ? words.noEnd : <Day date={end_date} />}</Fact>
        )}
        <Fact label={words.reporter}>
          <bdi>{reporter.name}</bdi>, <Time at={event.created_at} />
        </Fact>
        {comment !== null && (
          <Fact label={words.comment}>
            <bdi style={{ whiteSpace: 'pre-line' }}>{comment}</bdi>
          </Fact>
        )}
        <Fact label={words.number}>{event.number}</Fact>
        <Fact label={words.id}>
          <IdText id={event.id} />
        </Fact>
      </DataList>
    </Stack>
  )
}
