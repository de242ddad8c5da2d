import { Button, EmptyState } from '@mantine/core'
import { IconCalendarUser } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { DataTable } from '../components/data-table.tsx'
import { Loaded } from '../components/loaded.tsx'
import type { ListParams } from '../components/use-list-params.ts'
import type { operations } from '../generated/api.d.ts'
import { eventTexts as words } from '../texts/personnel-events.ts'
import { eventColumns } from './event-columns.tsx'

type Query = NonNullable<operations['listPersonnelEvents']['parameters']['query']>
type Props = { params: ListParams; identity_id?: string }

/** Personnel events, of one person or of all, newest first. */
export function EventList({ params, identity_id }: Props) {
  const events = api.useQuery(
    'get',
    '/api/v1/personnel-events',
    { params: { query: queryOf(params, identity_id) } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Loaded query={events}>
      {({ data, total }) => (
        <DataTable
          label={words.list}
          columns={eventColumns(identity_id !== undefined)}
          rows={data}
          keyOf={({ id }) => id}
          total={total}
          params={params}
          empty={<NoEvents params={params} isOfOne={identity_id !== undefined} />}
        />
      )}
    </Loaded>
  )
}

const filters = ['type', 'status', 'identity', 'tenant'] as const

function NoEvents({ params, isOfOne }: { params: ListParams; isOfOne: boolean }) {
  if (!filters.some((name) => params.get(name))) {
    return (
      <EmptyState
        icon={<IconCalendarUser aria-hidden />}
        title={isOfOne ? words.emptyHere : words.empty}
        description={isOfOne ? words.emptyHereAbout : words.emptyAbout}
      />
    )
  }
  return (
    <EmptyState icon={<IconCalendarUser aria-hidden />} title={words.nothingMatches}>
      <Button
        variant="default"
        onClick={() => params.set(Object.fromEntries(filters.map((name) => [name, undefined])))}
      >
        {words.clear}
      </Button>
    </EmptyState>
  )
}

function queryOf({ page, limit, sort, get }: ListParams, identity_id = get('identity')): Query {
  const [type, status, tenant_id] = [get('type'), get('status'), get('tenant')]
  return {
    page,
    limit,
    // Whatever the address says: what the server doesn't know it refuses in its words.
    ...(sort && { sort: sort as NonNullable<Query['sort']> }),
    ...(type && { type: type as NonNullable<Query['type']> }),
    ...(status && { status: status as NonNullable<Query['status']> }),
    ...(tenant_id && { tenant_id }),
    ...(identity_id && { identity_id }),
  }
}
