import { Anchor, Group, Stack, Text } from '@mantine/core'
import { keepPreviousData } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useAllowedSomewhere } from '../../access/use-allowed-at.ts'
import { AccountStatus } from '../../accounts/account-status.tsx'
import { api } from '../../api/client.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { FewEntries } from '../../components/few-entries.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { PersonName } from '../../components/person-name.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { Time } from '../../components/time.tsx'
import { type ListParams, useListParams } from '../../components/use-list-params.ts'
import type { operations } from '../../generated/api.d.ts'
import { texts } from '../../texts/common.ts'
import { navigation } from '../../texts/navigation.ts'
import { accountsTexts } from '../../texts/service-accounts.ts'
import { AccountFilters } from './account-filters.tsx'
import { NoAccounts } from './no-accounts.tsx'
import type { Account } from './types.ts'

type Query = NonNullable<operations['listServiceAccounts']['parameters']['query']>

export function Component() {
  const params = useListParams()
  const create = useAllowedSomewhere('service_accounts.write')
  const accounts = api.useQuery(
    'get',
    '/api/v1/service-accounts',
    { params: { query: queryOf(params) } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Page
      title={navigation.serviceAccounts}
      about={accountsTexts.about}
      actions={
        <LinkButton to="/service-accounts/new" allowed={create}>
          {accountsTexts.create}
        </LinkButton>
      }
    >
      <AccountFilters params={params} />
      <Loaded query={accounts}>
        {({ data, total }) => (
          <DataTable
            label={navigation.serviceAccounts}
            columns={columns}
            rows={data}
            keyOf={({ id }) => id}
            total={total}
            params={params}
            empty={<NoAccounts params={params} />}
          />
        )}
      </Loaded>
    </Page>
  )
}

const columns: readonly Column<Account>[] = [
  { title: accountsTexts.name, sort: 'name', cell: (account) => <Name account={account} /> },
  { title: accountsTexts.status, cell: (account) => <Standing account={account} /> },
  {
    title: accountsTexts.tenants,
    cell: ({ tenants }) => <FewEntries entries={tenants} none={accountsTexts.noTenant} />,
  },
  { title: accountsTexts.people, cell: (account) => <People account={account} /> },
  {
    title: accountsTexts.created,
    sort: 'created_at',
    cell: ({ created_at }) => <Time at={created_at} size="sm" />,
  },
]

function Name({ account: { id, name, description } }: { account: Account }) {
  return (
    <Stack gap={2} maw={320}>
      <Anchor
        component={Link}
        to={`/service-accounts/${id}`}
        size="sm"
        fw={600}
        lineClamp={2}
        title={name}
      >
        <bdi>{name}</bdi>
      </Anchor>
      {description !== null && (
        <Text size="sm" lineClamp={2}>
          <bdi>{description}</bdi>
        </Text>
      )}
    </Stack>
  )
}

function Standing({ account: { status, is_orphaned } }: { account: Account }) {
  return (
    <Group gap={6}>
      <AccountStatus status={status} />
      {is_orphaned && <StateBadge tone="bad">{accountsTexts.orphanedOnly}</StateBadge>}
    </Group>
  )
}

function People({ account: { accountable_user_ids: ids, is_orphaned } }: { account: Account }) {
  const [first] = ids
  if (first === undefined || is_orphaned) return <Text size="sm">{accountsTexts.noOne}</Text>
  return (
    <Text size="sm">
      <PersonName id={first} /> {ids.length > 1 && texts.andMore(ids.length - 1)}
    </Text>
  )
}

function queryOf({ page, limit, search, sort, get }: ListParams): Query {
  const status = get('status')
  return {
    page,
    limit,
    ...(search && { search }),
    // Whatever the address says: what isn't a column or a status the server refuses in its words.
    ...(sort && { sort: sort as NonNullable<Query['sort']> }),
    ...(status && { status: status as NonNullable<Query['status']> }),
    ...(get('orphaned') && { is_orphaned: true }),
  }
}
