import { Button, EmptyState, Group, Stack, Text } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { following } from '../../api/follow.ts'
import { ChoiceFilter } from '../../components/choice-filter.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { type ListParams, useListParams } from '../../components/use-list-params.ts'
import type { operations } from '../../generated/api.d.ts'
import { deliveryTexts as words } from '../../texts/webhooks.ts'
import type { Delivery, DeliveryPage, Webhook } from '../../webhooks/types.ts'
import { deliveryColumns } from './delivery-columns.tsx'
import { DeliveryDialog } from './delivery-dialog.tsx'

type Query = NonNullable<operations['listWebhookDeliveries']['parameters']['query']>

/** Rows that will change by themselves are looked at again soon, and for new ones now and then. */
const followWaiting = following(
  ({ data }: DeliveryPage) => data.some(({ status }) => status === 'waiting'),
  2000,
)
const followNew = following<DeliveryPage>(() => true, 10_000)

/** The delivery log, newest first; what is under way is followed. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const params = useListParams()
  const [chosen, setChosen] = useState<Delivery | null>(null)
  const deliveries = api.useQuery(
    'get',
    '/api/v1/webhooks/{id}/deliveries',
    { params: { path: { id: webhook.id }, query: queryOf(params) } },
    {
      placeholderData: keepPreviousData,
      refetchInterval: (query) => followWaiting(query) || followNew(query),
    },
  )
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end">
        <Text size="sm" c="dimmed">
          {words.about}
        </Text>
        <ChoiceFilter
          params={params}
          name="status"
          label={words.status}
          any={words.anyStatus}
          names={words.statuses}
        />
      </Group>
      <Loaded query={deliveries}>
        {({ data, total }) => (
          <>
            <DataTable
              label={words.list}
              columns={deliveryColumns(webhook, setChosen)}
              rows={data}
              keyOf={({ id }) => id}
              total={total}
              params={params}
              empty={<NoDeliveries params={params} />}
            />
            <DeliveryDialog
              // As it is now; or as it was, where others have pushed it off the page.
              delivery={data.find(({ id }) => id === chosen?.id) ?? chosen}
              onClose={() => setChosen(null)}
            />
          </>
        )}
      </Loaded>
    </Stack>
  )
}

function queryOf({ page, limit, sort, get }: ListParams): Query {
  const status = get('status')
  return {
    page,
    limit,
    // Whatever the address says: what the server doesn't know it refuses in its words.
    ...(sort && { sort: sort as NonNullable<Query['sort']> }),
    ...(status && { status: status as NonNullable<Query['status']> }),
  }
}

function NoDeliveries({ params }: { params: ListParams }) {
  const icon = <IconSend aria-hidden />
  if (!params.get('status')) {
    return <EmptyState icon={icon} title={words.empty} description={words.emptyAbout} />
  }
  return (
    <EmptyState icon={icon} title={words.nothingMatches}>
      <Button variant="default" onClick={() => params.set({ status: undefined })}>
        {words.clear}
      </Button>
    </EmptyState>
  )
}
