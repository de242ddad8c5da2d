import { EmptyState, Stack } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import { othersTokens } from '../../texts/others-tokens.ts'
import { tokenTexts } from '../../texts/tokens.ts'
import { DeleteOthersToken } from '../../tokens/delete-others-token.tsx'
import { tokenColumns } from '../../tokens/token-columns.tsx'
import { TokenFilters } from '../../tokens/token-filters.tsx'
import { tokenQuery } from '../../tokens/token-list.tsx'
import type { Token } from '../../tokens/types.ts'

/** The tokens of a person, as far as one may know of them: to look at, and to end. */
export function UserTokens({ user_id }: { user_id: string }) {
  const params = useListParams()
  const tokens = api.useQuery(
    'get',
    '/api/v1/users/{id}/tokens',
    { params: { path: { id: user_id }, query: tokenQuery(params) } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Stack>
      <TokenFilters params={params} />
      <Loaded query={tokens}>
        {({ data, total }) => (
          <DataTable
            label={tokenTexts.list}
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
  ...tokenColumns({ hrefOf: ({ id }) => `/users/${user_id}/tokens/${id}` }),
  {
    title: tokenTexts.columns.actions,
    cell: (token) => <DeleteOthersToken user_id={user_id} token={token} />,
  },
]
