import { Code, EmptyState, Stack, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { AccountLink } from '../../accounts/account-link.tsx'
import { api } from '../../api/client.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import type { components } from '../../generated/api.d.ts'
import { reachTexts as words } from '../../texts/tenants.ts'
import { tokenTexts } from '../../texts/tokens.ts'
import { Counted } from '../../tokens/counted.tsx'
import { Expiry, LastUse } from '../../tokens/token-columns.tsx'
import { TokenFilters } from '../../tokens/token-filters.tsx'
import { tokenQuery } from '../../tokens/token-list.tsx'
import { BlockState } from './block-state.tsx'
import { BlockToken } from './block-token.tsx'
import type { Tenant } from './tenant-state.tsx'
import { TokenName } from './token-name.tsx'
import { UnblockToken } from './unblock-token.tsx'

type TenantToken = components['schemas']['TenantToken']

/** Every token that reaches a tenant; each can be stopped in this one. */
export function TenantTokens({ tenant }: { tenant: Tenant }) {
  const params = useListParams()
  const tokens = api.useQuery(
    'get',
    '/api/v1/tenants/{id}/tokens',
    { params: { path: { id: tenant.id }, query: tokenQuery(params) } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Stack>
      <Text size="sm" maw={720}>
        {words.about}
      </Text>
      <TokenFilters params={params} label={words.search} />
      <Loaded query={tokens}>
        {({ data, total }) => (
          <DataTable
            label={tokenTexts.list}
            columns={columnsFor(tenant)}
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
    <EmptyState icon={<IconKey aria-hidden />} title={words.empty} description={words.emptyAbout} />
  )
}

const { columns } = tokenTexts

const columnsFor = (tenant: Tenant): readonly Column<TenantToken>[] => [
  { title: columns.name, sort: 'name', cell: (token) => <TokenName token={token} /> },
  { title: words.owner, cell: ({ owner }) => <AccountLink account={owner} /> },
  { title: words.here, cell: (token) => <BlockState token={token} /> },
  {
    title: columns.permissions,
    cell: ({ permissions }) => (
      <Counted
        label={tokenTexts.permissions(permissions.length)}
        items={permissions}
        show={(name) => <Code>{name}</Code>}
      />
    ),
  },
  { title: columns.lastUse, cell: (token) => <LastUse token={token} /> },
  { title: columns.expires, sort: 'expires_at', cell: (token) => <Expiry token={token} /> },
  { title: columns.actions, cell: (token) => <BlockAction tenant={tenant} token={token} /> },
]

function BlockAction({ tenant, token }: { tenant: Tenant; token: TenantToken }) {
  if (token.block) return <UnblockToken tenant={tenant} token={token} />
  return token.status === 'active' ? <BlockToken tenant={tenant} token={token} /> : null
}
