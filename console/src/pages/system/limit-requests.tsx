import { Badge, EmptyState, Group, SegmentedControl, Spoiler, Stack, Text } from '@mantine/core'
import { IconUserUp } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { Time } from '../../components/time.tsx'
import { type ListParams, useListParams } from '../../components/use-list-params.ts'
import type { operations } from '../../generated/api.d.ts'
import { limitTexts as texts } from '../../texts/limit-requests.ts'
import { navigation } from '../../texts/navigation.ts'
import { Decision } from './limit-decision.tsx'
import type { LimitRequest } from './limit-request.ts'

type Query = NonNullable<operations['listTokenLimitRequests']['parameters']['query']>

const statuses = Object.entries(texts.statuses).map(([value, label]) => ({ value, label }))
const statusOf = ({ get }: ListParams) => get('status') ?? 'pending'

export function Component() {
  const params = useListParams()
  const status = statusOf(params)
  const query = api.useQuery(
    'get',
    '/api/v1/token-limit-requests',
    { params: { query: queryOf(params) } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Page title={navigation.limitRequests} about={texts.about}>
      <Group justify="space-between">
        <SegmentedControl
          aria-label={texts.status}
          data={statuses}
          value={status}
          onChange={(next) => params.set({ status: next === 'pending' ? undefined : next })}
        />
        <SearchField params={params} label={texts.search} />
      </Group>
      <Loaded query={query}>
        {({ data, total }) => (
          <DataTable
            label={navigation.limitRequests}
            columns={columns}
            rows={data}
            keyOf={({ id }) => id}
            total={total}
            params={params}
            empty={<NoRequests isNarrowed={params.search !== ''} status={status} />}
          />
        )}
      </Loaded>
    </Page>
  )
}

const columns: readonly Column<LimitRequest>[] = [
  { title: texts.who, cell: (row) => <Who row={row} /> },
  {
    title: texts.uses,
    cell: ({ user }) => texts.used(user.live_tokens ?? 0, user.token_limit),
  },
  {
    title: texts.wants,
    sort: 'requested_limit',
    cell: (row) => (
      <Text size="sm" fw={600}>
        {row.requested_limit}
      </Text>
    ),
  },
  {
    title: texts.reason,
    cell: ({ reason }) => (
      <Spoiler maxHeight={88} showLabel={texts.showAll} hideLabel={texts.showLess} maw={360}>
        <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
          <bdi>{reason}</bdi>
        </Text>
      </Spoiler>
    ),
  },
  { title: texts.asked, sort: 'created_at', cell: (row) => <Time at={row.created_at} size="sm" /> },
  { title: texts.decision, cell: (row) => <Decision row={row} /> },
]

function Who({ row: { user } }: { row: LimitRequest }) {
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <Text size="sm" fw={600} lineClamp={2} title={user.name}>
          <bdi>{user.name}</bdi>
        </Text>
        {user.is_service_account && (
          <Badge variant="default" tt="none" fw={500}>
            {texts.serviceAccount}
          </Badge>
        )}
      </Group>
      {user.email !== null && (
        <Text size="sm">
          <bdi>{user.email}</bdi>
        </Text>
      )}
    </Stack>
  )
}

function NoRequests({ isNarrowed, status }: { isNarrowed: boolean; status: string }) {
  const isNews = status === 'pending' && !isNarrowed
  return (
    <EmptyState
      icon={<IconUserUp aria-hidden />}
      title={isNews ? texts.noneWaiting : texts.noneOf}
      {...(isNews && { description: texts.noneWaitingAbout })}
    />
  )
}

function queryOf(params: ListParams): Query {
  const { page, limit, search, sort } = params
  const status = statusOf(params)
  return {
    page,
    limit,
    ...(search && { search }),
    // Whatever the address says: what isn't there the server refuses in its words.
    ...(sort && { sort: sort as NonNullable<Query['sort']> }),
    ...(status !== 'all' && { status: status as NonNullable<Query['status']> }),
  }
}
