import { Group } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { useAllowedSomewhere } from '../../access/use-allowed-at.ts'
import { api } from '../../api/client.ts'
import { ChoiceFilter } from '../../components/choice-filter.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { TenantFilter } from '../../components/tenant-filter.tsx'
import { type ListParams, useListParams } from '../../components/use-list-params.ts'
import type { operations } from '../../generated/api.d.ts'
import { identityTexts as words } from '../../texts/identities.ts'
import { columns } from './columns.tsx'
import { NoIdentities } from './no-identities.tsx'

type Query = NonNullable<operations['listIdentities']['parameters']['query']>

export function Component() {
  const params = useListParams()
  const mayOnboard = useAllowedSomewhere('personnel_events.create')
  const identities = api.useQuery(
    'get',
    '/api/v1/identities',
    { params: { query: queryOf(params) } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Page
      title={words.list}
      about={words.about}
      actions={
        <LinkButton to="/personnel-events/new?type=onboard" allowed={mayOnboard}>
          {words.onboard}
        </LinkButton>
      }
    >
      <Group align="flex-end" gap="sm">
        <SearchField params={params} label={words.search} />
        <TenantFilter params={params} />
        <ChoiceFilter
          params={params}
          name="status"
          label={words.status}
          any={words.anyStatus}
          names={words.statuses}
        />
      </Group>
      <Loaded query={identities}>
        {({ data, total }) => (
          <DataTable
            label={words.list}
            columns={columns}
            rows={data}
            keyOf={({ id }) => id}
            total={total}
            params={params}
            empty={<NoIdentities params={params} />}
          />
        )}
      </Loaded>
    </Page>
  )
}

function queryOf({ page, limit, search, sort, get }: ListParams): Query {
  const [tenant_id, status] = [get('tenant'), get('status')]
  return {
    page,
    limit,
    ...(search && { search }),
    // Whatever the address says: what the server doesn't know it refuses in its words.
    ...(sort && { sort: sort as NonNullable<Query['sort']> }),
    ...(tenant_id && { tenant_id }),
    ...(status && { status: status as NonNullable<Query['status']> }),
  }
}
