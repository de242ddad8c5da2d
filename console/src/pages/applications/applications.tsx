import { keepPreviousData } from '@tanstack/react-query'
import { useAllowedSomewhere } from '../../access/use-allowed-at.ts'
import { api } from '../../api/client.ts'
import { DataTable } from '../../components/data-table.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { type ListParams, useListParams } from '../../components/use-list-params.ts'
import type { operations } from '../../generated/api.d.ts'
import { applicationTexts as words } from '../../texts/applications.ts'
import { columns } from './columns.tsx'
import { ApplicationFilters, NoApplications, shownOf } from './filters.tsx'

type Query = NonNullable<operations['listApplications']['parameters']['query']>

export function Component() {
  const params = useListParams()
  const mayCreate = useAllowedSomewhere('applications.write')
  const applications = api.useQuery(
    'get',
    '/api/v1/applications',
    { params: { query: queryOf(params) } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Page
      title={words.list}
      about={words.about}
      actions={
        <LinkButton to="/applications/new" allowed={mayCreate}>
          {words.create}
        </LinkButton>
      }
    >
      <ApplicationFilters params={params} />
      <Loaded query={applications}>
        {({ data, total }) => (
          <DataTable
            label={words.list}
            columns={columns}
            rows={data}
            keyOf={({ id }) => id}
            total={total}
            params={params}
            empty={<NoApplications params={params} />}
          />
        )}
      </Loaded>
    </Page>
  )
}

function queryOf(params: ListParams): Query {
  const { page, limit, search, sort, get } = params
  const [tenant_id, priority] = [get('tenant'), get('priority')]
  const shown = shownOf(params)
  return {
    page,
    limit,
    ...(search && { search }),
    // Whatever the address says: what the server doesn't know it refuses in its words.
    ...(sort && { sort: sort as NonNullable<Query['sort']> }),
    ...(tenant_id && { tenant_id }),
    ...(priority && { priority: priority as NonNullable<Query['priority']> }),
    ...(shown !== 'all' && { is_archived: shown === 'archived' }),
  }
}
