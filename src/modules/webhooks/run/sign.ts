import { Webhook as Signer } from 'standardwebhooks'
import type { Sealing } from '../../../access/sealing.ts'
import type { Webhook, WebhookDelivery } from '../../../generated/prisma/client.ts'
import { placeOfSecret } from '../secret.ts'

export type Signed = { url: string; headers: Record<string, string>; body: string }

/**
 * As Standard Webhooks has it. The time is that of this try: who takes no old ones can't be sent again what somebody
 * has caught. Null: the secret was sealed with a key that is gone.
 */
export function signed(
  sealing: Sealing,
  { id, payload }: Pick<WebhookDelivery, 'id' | 'payload'>,
  webhook: Webhook,
  now: Date,
): Signed | null {
  const { secret, previous_secret, previous_secret_until: until } = webhook
  const open = (sealed: Uint8Array) => sealing.open(placeOfSecret(webhook.id), sealed)
  const key = open(secret)
  if (key === null) return null
  const hasPrevious = previous_secret !== null && until !== null && until > now
  const keys = [key, hasPrevious ? open(previous_secret) : null].filter((one) => one !== null)
  const body = JSON.stringify(payload)
  return {
    url: webhook.url,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Postern',
      'webhook-id': id,
      'webhook-timestamp': `${Math.floor(now.getTime() / 1000)}`,
      'webhook-signature': keys.map((one) => new Signer(one).sign(id, now, body)).join(' '),
    },
  }
}
