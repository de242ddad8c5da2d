import { Anchor, Text } from '@mantine/core'
import type { Column } from '../../components/data-table.tsx'
import { Time } from '../../components/time.tsx'
import { deliveryTexts as words } from '../../texts/webhooks.ts'
import type { Delivery, Webhook } from '../../webhooks/types.ts'
import { answerOf, DeliveryStatus } from './delivery-status.tsx'
import { Redeliver } from './redeliver.tsx'

export const deliveryColumns = (
  webhook: Webhook,
  open: (delivery: Delivery) => void,
): readonly Column<Delivery>[] => [
  {
    title: words.event,
    cell: (delivery) => (
      <Anchor
        component="button"
        type="button"
        size="sm"
        ff="monospace"
        ta="start"
        onClick={() => open(delivery)}
        aria-label={words.details(delivery.type)}
        style={{ overflowWrap: 'anywhere' }}
      >
        {delivery.type}
      </Anchor>
    ),
  },
  {
    title: words.created,
    sort: 'created_at',
    cell: ({ created_at }) => <Time at={created_at} size="sm" style={{ whiteSpace: 'nowrap' }} />,
  },
  { title: words.status, cell: ({ status }) => <DeliveryStatus status={status} /> },
  { title: words.attempts, cell: ({ attempts }) => <Text size="sm">{attempts}</Text> },
  {
    title: words.answer,
    cell: (delivery) => <Text size="sm">{answerOf(delivery)}</Text>,
  },
  {
    title: words.next,
    cell: ({ next_attempt_at }) => <Time at={next_attempt_at} never={words.noNext} size="sm" />,
  },
  {
    title: words.action,
    cell: (delivery) => <Redeliver webhook={webhook} delivery={delivery} />,
  },
]
