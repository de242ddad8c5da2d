import { Paper, Table, Text } from '@mantine/core'
import tableClasses from '../../components/data-table.module.css'
import { auditTexts as texts } from '../../texts/audit.ts'
import type { AuditEvent } from './event.ts'
import { EventRow } from './event-row.tsx'
import type { EventFilters } from './use-event-filters.ts'

const titles = [texts.action, texts.actor, texts.target, texts.tenants, texts.when]

type Props = { events: readonly AuditEvent[]; filters: EventFilters }

/** Events, each of which opens to all that is known of it. */
export function EventTable({ events, filters }: Props) {
  if (events.length === 0) {
    const isFiltered = Object.keys(filters.values).length > 0
    return (
      <Paper withBorder p="xl">
        <Text c="dimmed">{isFiltered ? texts.nothingMatches : texts.empty}</Text>
      </Paper>
    )
  }
  return (
    <Paper withBorder>
      <Table
        className={tableClasses['table'] ?? ''}
        role="table"
        aria-label={texts.list}
        verticalSpacing="xs"
        horizontalSpacing="md"
      >
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            {titles.map((title) => (
              <Table.Th key={title} role="columnheader" scope="col">
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {events.map((event) => (
            <EventRow
              key={event.id}
              event={event}
              filters={filters}
              isAlone={events.length === 1}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}
