import { StateBadge, type Tone } from '../../components/state-badge.tsx'
import { deliveryTexts as words } from '../../texts/webhooks.ts'
import type { Delivery } from '../../webhooks/types.ts'

const tones: Record<Delivery['status'], Tone> = {
  waiting: 'waiting',
  delivered: 'good',
  failed: 'bad',
}

export function DeliveryStatus({ status }: Pick<Delivery, 'status'>) {
  return <StateBadge tone={tones[status]}>{words.statuses[status]}</StateBadge>
}

/** What came of the last try: a status, or why there was none. */
export function answerOf({ response_status, failure }: Delivery): string {
  return failure ?? (response_status === null ? words.noAnswer : String(response_status))
}
