import { Anchor, Text } from '@mantine/core'
import { Link } from 'react-router'
import type { Column } from '../components/data-table.tsx'
import { Day } from '../components/day.tsx'
import { ScopeEntry } from '../components/scope-entry.tsx'
import { Time } from '../components/time.tsx'
import { eventTexts as words } from '../texts/personnel-events.ts'
import { EventStatus } from './event-status.tsx'
import { nameIn, type PersonnelEvent } from './types.ts'

const number: Column<PersonnelEvent> = {
  title: words.number,
  cell: ({ id, number, type }) => (
    <Anchor component={Link} to={`/personnel-events/${id}`} size="sm" fw={600}>
      {words.numbered(number)}: {words.types[type]}
    </Anchor>
  ),
}

const who: Column<PersonnelEvent> = {
  title: words.identity,
  cell: (event) => (
    <Text size="sm" lineClamp={2}>
      <bdi>{nameIn(event)}</bdi>
    </Text>
  ),
}

const tenant: Column<PersonnelEvent> = {
  title: words.tenant,
  cell: ({ tenant_id }) => (
    <Text size="sm">
      <ScopeEntry entry={tenant_id} />
    </Text>
  ),
}

const rest: readonly Column<PersonnelEvent>[] = [
  { title: words.status, cell: ({ status }) => <EventStatus status={status} /> },
  {
    title: words.effective,
    sort: 'effective_date',
    cell: ({ effective_date }) => (
      <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
        <Day date={effective_date} />
      </Text>
    ),
  },
  {
    title: words.reporter,
    cell: ({ reporter }) => (
      <Text size="sm" lineClamp={2}>
        <bdi>{reporter.name}</bdi>
      </Text>
    ),
  },
  {
    title: words.reported,
    sort: 'created_at',
    cell: ({ created_at }) => <Time at={created_at} size="sm" style={{ whiteSpace: 'nowrap' }} />,
  },
]

/** Of one person, or of all. */
export const eventColumns = (isOfOne: boolean): readonly Column<PersonnelEvent>[] =>
  isOfOne ? [number, ...rest] : [number, who, tenant, ...rest]
