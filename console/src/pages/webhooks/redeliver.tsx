import { notifications } from '@mantine/notifications'
import { api } from '../../api/client.ts'
import { AllowedButton } from '../../components/allowed-button.tsx'
import { tellFailure } from '../../components/tell-failure.tsx'
import { webhookDetailTexts, deliveryTexts as words } from '../../texts/webhooks.ts'
import type { Delivery, Webhook } from '../../webhooks/types.ts'

type Props = { webhook: Webhook; delivery: Delivery }

/** Sends the same once more; where that can't be it stays, and says why. */
export function Redeliver({ webhook: { id, is_enabled }, delivery }: Props) {
  const again = api.useMutation(
    'post',
    '/api/v1/webhooks/{id}/deliveries/{delivery_id}/redeliver',
    {
      onSuccess: () => notifications.show({ message: words.redelivered }),
      onError: tellFailure,
    },
  )
  const reason = is_enabled
    ? delivery.status === 'waiting'
      ? words.stillWaiting
      : null
    : webhookDetailTexts.isDisabled
  return (
    <AllowedButton
      variant="default"
      size="compact-sm"
      allowed={{ isAllowed: reason === null, reason }}
      loading={again.isPending}
      onClick={() => again.mutate({ params: { path: { id, delivery_id: delivery.id } } })}
      aria-label={words.redeliverThat(delivery.type)}
    >
      {words.redeliver}
    </AllowedButton>
  )
}
