import type { Sealing } from '../../access/sealing.ts'
import type { RandomBytes } from '../../access/token.ts'

/** What a sealed secret is bound to: the webhook, so that one that was moved to another opens for nobody. */
export const placeOfSecret = (webhook_id: string) => `webhooks/${webhook_id}`

/** As Standard Webhooks has it: 24 to 64 random bytes. */
export function newSecret(
  webhook_id: string,
  tools: { randomBytes: RandomBytes; sealing: Sealing },
) {
  const secret = `whsec_${Buffer.from(tools.randomBytes(32)).toString('base64')}`
  return { secret, sealed: tools.sealing.seal(placeOfSecret(webhook_id), secret) }
}
