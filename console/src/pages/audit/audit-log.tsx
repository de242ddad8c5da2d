import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { failureOf } from '../../api/errors.ts'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { auditTexts as texts } from '../../texts/audit.ts'
import { EventPages } from './event-pages.tsx'
import { EventTable } from './event-table.tsx'
import { ExportButton } from './export-button.tsx'
import { FilterForm } from './filter-form.tsx'
import { useEventFilters } from './use-event-filters.ts'

/** So many are fluid on a slow machine; what is older is a page further. */
const limit = 25

export function Component() {
  const filters = useEventFilters()
  const { values, cursor } = filters
  const query = { ...values, limit, ...(cursor && { cursor }) }
  const events = api.useQuery(
    'get',
    '/api/v1/audit-events',
    { params: { query } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Page
      title={texts.title}
      about={texts.about}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={events.isFetching && !events.isPending}
            onClick={() => events.refetch()}
          >
            {texts.refresh}
          </Button>
          <ExportButton filters={values} />
        </>
      }
    >
      <FilterForm
        filters={filters}
        seen={events.data?.data ?? []}
        faults={failureOf(events.error).fields}
      />
      <Loaded query={events}>
        {({ data, next_cursor }) => (
          <>
            <EventTable events={data} filters={filters} />
            <EventPages filters={filters} count={data.length} next={next_cursor} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
