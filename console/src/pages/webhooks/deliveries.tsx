import { EmptyState, Stack, Text } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { following } from '../../api/follow.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { useListParams } from '../../components/use-list-params.ts'
import { deliveryTexts as words } from '../../texts/webhooks.ts'
import type { DeliveryPage, Webhook } from '../../webhooks/types.ts'
import { deliveryColumns } from './delivery-columns.tsx'
import { DeliveryDialog } from './delivery-dialog.tsx'

/** Rows that will change by themselves are looked at again. */
const followMs = 2000
const goesOn = ({ data }: DeliveryPage) => data.some(({ status }) => status === 'waiting')

/** The delivery log, newest first; what is under way is followed. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const params = useListParams()
  const { page, limit, sort } = params
  const [open, setOpen] = useState<string | null>(null)
  const deliveries = api.useQuery(
    'get',
    '/api/v1/webhooks/{id}/deliveries',
    {
      params: {
        path: { id: webhook.id },
        query: { page, limit, ...(sort && { sort: sort as 'created_at' }) },
      },
    },
    { placeholderData: keepPreviousData, refetchInterval: following(goesOn, followMs) },
  )
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {words.about}
      </Text>
      <Loaded query={deliveries}>
        {({ data, total }) => (
          <>
            <DataTable
              label={words.list}
              columns={deliveryColumns(webhook, ({ id }) => setOpen(id))}
              rows={data}
              keyOf={({ id }) => id}
              total={total}
              params={params}
              empty={
                <EmptyState
                  icon={<IconSend aria-hidden />}
                  title={words.empty}
                  description={words.emptyAbout}
                />
              }
            />
            <DeliveryDialog
              delivery={data.find(({ id }) => id === open) ?? null}
              onClose={() => setOpen(null)}
            />
          </>
        )}
      </Loaded>
    </Stack>
  )
}
