import { EmptyState, Stack, Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { AccountLink } from '../../accounts/account-link.tsx'
import { AccountStatus } from '../../accounts/account-status.tsx'
import { api } from '../../api/client.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { ScopeEntries } from '../../components/scope-entry.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { type ListParams, useListParams } from '../../components/use-list-params.ts'
import type { components, operations } from '../../generated/api.d.ts'
import { memberTexts as words } from '../../texts/tenants.ts'

type Member = components['schemas']['Member']
type Query = NonNullable<operations['listMembers']['parameters']['query']>

/** Whoever is in a tenant, and through which entry of their tenant scope. */
export function Members({ tenant_id }: { tenant_id: string }) {
  const params = useListParams()
  const members = api.useQuery(
    'get',
    '/api/v1/tenants/{id}/members',
    { params: { path: { id: tenant_id }, query: queryOf(params) } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Stack>
      <Text size="sm" maw={720}>
        {words.about}
      </Text>
      <SearchField params={params} label={words.search} />
      <Loaded query={members}>
        {({ data, total }) => (
          <DataTable
            label={words.list}
            columns={columns}
            rows={data}
            keyOf={({ id }) => id}
            total={total}
            params={params}
            empty={params.search ? undefined : <NoMembers />}
          />
        )}
      </Loaded>
    </Stack>
  )
}

function NoMembers() {
  return (
    <EmptyState
      icon={<IconUsers aria-hidden />}
      title={words.empty}
      description={words.emptyAbout}
    />
  )
}

const columns: readonly Column<Member>[] = [
  { title: words.name, sort: 'name', cell: (member) => <AccountLink account={member} /> },
  {
    title: words.kind,
    cell: ({ is_service_account }) => (
      <Text size="sm">{is_service_account ? words.serviceAccount : words.person}</Text>
    ),
  },
  {
    title: words.email,
    sort: 'email',
    cell: ({ email }) => (
      <Text size="sm">
        <bdi>{email ?? words.noEmail}</bdi>
      </Text>
    ),
  },
  { title: words.status, cell: ({ status }) => <AccountStatus status={status} /> },
  { title: words.through, cell: ({ through }) => <ScopeEntries entries={through} /> },
]

function queryOf({ page, limit, search, sort }: ListParams): Query {
  return {
    page,
    limit,
    ...(search && { search }),
    ...(sort && { sort: sort as NonNullable<Query['sort']> }),
  }
}
