import { EmptyState, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { type ListParams, useListParams } from '../../components/use-list-params.ts'
import type { operations } from '../../generated/api.d.ts'
import { applicationAccountTexts as words } from '../../texts/applications.ts'
import { accountColumns } from './account-columns.tsx'

type Query = NonNullable<operations['listApplicationAccounts']['parameters']['query']>

const matches = [
  { value: 'all', label: words.all },
  { value: 'yes', label: words.matchedOnly },
  { value: 'no', label: words.unmatchedOnly },
]

/** What the last finished import brought. */
export function Accounts({ application_id }: { application_id: string }) {
  const params = useListParams()
  const accounts = api.useQuery(
    'get',
    '/api/v1/applications/{id}/accounts',
    { params: { path: { id: application_id }, query: queryOf(params) } },
    { placeholderData: keepPreviousData },
  )
  const isFiltered = params.search !== '' || params.get('matched') !== undefined
  return (
    <Stack>
      <Text size="sm" maw={720}>
        {words.about}
      </Text>
      <Group gap="sm">
        <SearchField params={params} label={words.search} />
        <SegmentedControl
          aria-label={words.showing}
          data={matches}
          value={params.get('matched') ?? 'all'}
          onChange={(next) => params.set({ matched: next === 'all' ? undefined : next })}
        />
      </Group>
      <Loaded query={accounts}>
        {({ data, total }) => (
          <DataTable
            label={words.list}
            columns={accountColumns}
            rows={data}
            keyOf={({ account }) => account}
            total={total}
            params={params}
            empty={isFiltered ? undefined : <NoAccounts />}
          />
        )}
      </Loaded>
    </Stack>
  )
}

function NoAccounts() {
  return (
    <EmptyState
      icon={<IconUsersGroup aria-hidden />}
      title={words.empty}
      description={words.emptyAbout}
    />
  )
}

function queryOf({ page, limit, search, sort, get }: ListParams): Query {
  const matched = get('matched')
  return {
    page,
    limit,
    ...(search && { search }),
    ...(sort && { sort: sort as NonNullable<Query['sort']> }),
    ...(matched && { is_matched: matched === 'yes' }),
  }
}
