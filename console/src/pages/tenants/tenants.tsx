import { Anchor, Code } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useAllowed } from '../../access/use-allowed.ts'
import { api } from '../../api/client.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { type ListParams, useListParams } from '../../components/use-list-params.ts'
import type { operations } from '../../generated/api.d.ts'
import { tenantTexts } from '../../texts/tenants.ts'
import { NoTenants, TenantFilters } from './tenant-filters.tsx'
import { type Tenant, TenantStatus, TenantType } from './tenant-state.tsx'

type Query = NonNullable<operations['listTenants']['parameters']['query']>

export function Component() {
  const params = useListParams()
  const mayCreate = useAllowed('tenants.create')
  const tenants = api.useQuery(
    'get',
    '/api/v1/tenants',
    { params: { query: queryOf(params) } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Page
      title={tenantTexts.list}
      about={tenantTexts.about}
      actions={
        <LinkButton to="/tenants/new" allowed={mayCreate}>
          {tenantTexts.create}
        </LinkButton>
      }
    >
      <TenantFilters params={params} />
      <Loaded query={tenants}>
        {({ data, total }) => (
          <DataTable
            label={tenantTexts.list}
            columns={columns}
            rows={data}
            keyOf={({ id }) => id}
            total={total}
            params={params}
            empty={<NoTenants params={params} />}
          />
        )}
      </Loaded>
    </Page>
  )
}

const columns: readonly Column<Tenant>[] = [
  {
    title: tenantTexts.name,
    sort: 'name',
    cell: ({ id, name }) => (
      <Anchor component={Link} to={`/tenants/${id}`} size="sm" fw={600} lineClamp={2} title={name}>
        <bdi>{name}</bdi>
      </Anchor>
    ),
  },
  { title: tenantTexts.slug, sort: 'slug', cell: ({ slug }) => <Code>{slug}</Code> },
  { title: tenantTexts.type, cell: (tenant) => <TenantType tenant={tenant} /> },
  { title: tenantTexts.status, cell: (tenant) => <TenantStatus tenant={tenant} /> },
  {
    title: tenantTexts.created,
    sort: 'created_at',
    cell: ({ created_at }) => <Time at={created_at} size="sm" />,
  },
]

function queryOf({ page, limit, search, sort, get }: ListParams): Query {
  const [type, status] = [get('type'), get('status')]
  return {
    page,
    limit,
    ...(search && { search }),
    // Whatever the address says: what the server doesn't know it refuses in its words.
    ...(sort && { sort: sort as NonNullable<Query['sort']> }),
    ...(type && { type: type as NonNullable<Query['type']> }),
    ...(status && { status: status as NonNullable<Query['status']> }),
  }
}
