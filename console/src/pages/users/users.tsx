import { Anchor, Text } from '@mantine/core'
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
import { Time } from '../../components/time.tsx'
import { type ListParams, useListParams } from '../../components/use-list-params.ts'
import type { components, operations } from '../../generated/api.d.ts'
import { userTexts } from '../../texts/users.ts'
import { NoUsers } from './no-users.tsx'
import { UserFilters } from './user-filters.tsx'

type User = components['schemas']['User']
type Query = NonNullable<operations['listUsers']['parameters']['query']>

export function Component() {
  const params = useListParams()
  const invite = useAllowedSomewhere('users.create')
  const users = api.useQuery(
    'get',
    '/api/v1/users',
    { params: { query: queryOf(params) } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Page
      title={userTexts.list}
      about={userTexts.about}
      actions={
        <LinkButton to="/users/new" allowed={invite}>
          {userTexts.invite}
        </LinkButton>
      }
    >
      <UserFilters params={params} />
      <Loaded query={users}>
        {({ data, total }) => (
          <DataTable
            label={userTexts.list}
            columns={columns}
            rows={data}
            keyOf={({ id }) => id}
            total={total}
            params={params}
            empty={<NoUsers params={params} />}
          />
        )}
      </Loaded>
    </Page>
  )
}

const columns: readonly Column<User>[] = [
  {
    title: userTexts.name,
    sort: 'name',
    cell: ({ id, name }) => (
      <Anchor component={Link} to={`/users/${id}`} size="sm" fw={600} lineClamp={2} title={name}>
        <bdi>{name}</bdi>
      </Anchor>
    ),
  },
  {
    title: userTexts.email,
    sort: 'email',
    cell: ({ email }) => (
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        <bdi>{email}</bdi>
      </Text>
    ),
  },
  { title: userTexts.status, cell: ({ status }) => <AccountStatus status={status} /> },
  {
    title: userTexts.tenants,
    cell: ({ tenants }) => <FewEntries entries={tenants} none={userTexts.none} />,
  },
  {
    title: userTexts.lastSignIn,
    sort: 'last_sign_in_at',
    cell: ({ last_sign_in_at }) => <Time at={last_sign_in_at} size="sm" />,
  },
]

function queryOf({ page, limit, search, sort, get }: ListParams): Query {
  const [status, tenant_id, role_id] = [get('status'), get('tenant'), get('role')]
  return {
    page,
    limit,
    is_service_account: false,
    ...(search && { search }),
    // Whatever the address says: what isn't a column or a status the server refuses in its words.
    ...(sort && { sort: sort as NonNullable<Query['sort']> }),
    ...(status && { status: status as NonNullable<Query['status']> }),
    ...(tenant_id && { tenant_id }),
    ...(role_id && { role_id }),
  }
}
