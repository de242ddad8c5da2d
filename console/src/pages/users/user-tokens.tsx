import { EmptyState, Stack, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { ScopeEntries } from '../../components/scope-entry.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import type { components } from '../../generated/api.d.ts'
import { othersTokens } from '../../texts/tokens-of-others.ts'
import { DeleteToken } from '../../tokens-of-others/delete-token.tsx'
import { Expires, LastUsed, TokenName, TokenStatus } from '../../tokens-of-others/token-cells.tsx'
import { TokenFilters } from '../../tokens-of-others/token-filters.tsx'
import { tokenQueryOf } from '../../tokens-of-others/token-query.ts'

type Token = components['schemas']['Token']

/** The tokens of a person, as far as one may know of them: to look at, and to end. */
export function UserTokens({ user_id }: { user_id: string }) {
  const params = useListParams()
  const tokens = api.useQuery(
    'get',
    '/api/v1/users/{id}/tokens',
    { params: { path: { id: user_id }, query: tokenQueryOf(params) } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Stack>
      <TokenFilters params={params} label={othersTokens.search} />
      <Loaded query={tokens}>
        {({ data, total }) => (
          <DataTable
            label={othersTokens.list}
            columns={columnsFor(user_id)}
            rows={data}
            keyOf={({ id }) => id}
            total={total}
            params={params}
            empty={params.search ? undefined : <NoTokens />}
          />
        )}
      </Loaded>
    </Stack>
  )
}

function NoTokens() {
  return (
    <EmptyState
      icon={<IconKey aria-hidden />}
      title={othersTokens.empty}
      description={othersTokens.emptyAbout}
    />
  )
}

const columnsFor = (user_id: string): readonly Column<Token>[] => [
  { title: othersTokens.token, sort: 'name', cell: (token) => <TokenName token={token} /> },
  { title: othersTokens.status, cell: (token) => <TokenStatus token={token} /> },
  {
    title: othersTokens.tenants,
    cell: ({ tenants }) =>
      tenants.length === 0 ? (
        <Text size="sm">{othersTokens.noTenant}</Text>
      ) : (
        <ScopeEntries entries={tenants} />
      ),
  },
  {
    title: othersTokens.permissions,
    cell: ({ permissions }) => (
      <Text size="sm" title={permissions.join('\n')}>
        {othersTokens.count(permissions.length)}
      </Text>
    ),
  },
  { title: othersTokens.lastUsed, cell: (token) => <LastUsed token={token} /> },
  {
    title: othersTokens.expires,
    sort: 'expires_at',
    cell: (token) => <Expires token={token} />,
  },
  {
    title: othersTokens.actions,
    cell: (token) => <DeleteToken user_id={user_id} token={token} />,
  },
]
