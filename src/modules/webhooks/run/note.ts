import type { Transaction } from '../../../audit/record-event.ts'
import { databaseNow } from '../../../db/now.ts'
import type { Webhook, WebhookDelivery } from '../../../generated/prisma/client.ts'
import type { Jobs } from '../../../jobs/jobs.ts'
import { downStatuses, release } from '../waiting.ts'
import { disable } from './disable.ts'
import { failingMs, pauseAfterRefusals, pauseWhileDown, refusalsMax } from './pauses.ts'

/** What came of a try. Without a failure it was taken. */
export type Outcome = { response_status: number | null; failure: string | null }

type Noted = { delivery: WebhookDelivery; webhook: Webhook; outcome: Outcome; now: Date }

/** Writes down what came of a try, unless the delivery, or its webhook, has ended meanwhile. */
export async function note(
  tx: Transaction,
  jobs: Pick<Jobs, 'send'>,
  id: string,
  outcome: Outcome,
): Promise<void> {
  const webhook = await lockWebhookOf(tx, id)
  const delivery = await tx.webhookDelivery.findUnique({ where: { id } })
  if (webhook === null || delivery?.status !== 'waiting') return
  const noted = { delivery, webhook, outcome, now: await databaseNow(tx) }
  if (outcome.failure === null) await noteTaken(tx, jobs, noted)
  else await noteFailed(tx, noted)
}

async function lockWebhookOf(tx: Transaction, delivery_id: string): Promise<Webhook | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT w.id::text FROM webhooks w JOIN webhook_deliveries d ON d.webhook_id = w.id
    WHERE d.id = ${delivery_id}::uuid FOR NO KEY UPDATE OF w`
  return row ? tx.webhook.findUnique({ where: { id: row.id } }) : null
}

async function noteTaken(
  tx: Transaction,
  jobs: Pick<Jobs, 'send'>,
  { delivery, webhook, outcome, now }: Noted,
): Promise<void> {
  await end(tx, delivery, 'delivered', outcome, now)
  if (webhook.failing_since === null) return
  const data = { failing_since: null, paused_until: null }
  await tx.webhook.update({ where: { id: webhook.id }, data })
  await release(tx, jobs, webhook.id)
}

async function noteFailed(tx: Transaction, noted: Noted): Promise<void> {
  const { delivery, webhook, outcome, now } = noted
  const failing_since = webhook.failing_since ?? now
  const failing = now.getTime() - failing_since.getTime()
  const { response_status: status } = outcome
  const isDown = status === null || downStatuses.includes(status)
  const paused_until = isDown ? later(now, pauseWhileDown(failing)) : webhook.paused_until
  await tx.webhook.update({ where: { id: webhook.id }, data: { failing_since, paused_until } })
  await again(tx, noted, isDown ? paused_until : null)
  if (status === 410) await disable(tx, webhook, 'it answered that it is gone')
  else if (failing >= failingMs) {
    await disable(tx, webhook, 'nothing could be delivered for five days')
  } else if (!isDown && delivery.refusals + 1 >= refusalsMax) {
    await end(tx, delivery, 'failed', outcome, now)
    await forgetFailing(tx, webhook.id)
  }
}

/** Where nothing waits any more, nothing fails: what comes in a week has its own five days. */
async function forgetFailing(tx: Transaction, webhook_id: string): Promise<void> {
  const waiting = await tx.webhookDelivery.count({ where: { webhook_id, status: 'waiting' } })
  if (waiting > 0) return
  const data = { failing_since: null, paused_until: null }
  await tx.webhook.update({ where: { id: webhook_id }, data })
}

/** When it is tried again: when the receiver may be there, or by how often it has refused this one. */
async function again(
  tx: Transaction,
  { delivery: { id, refusals }, outcome, now }: Noted,
  down_until: Date | null,
): Promise<void> {
  const refused = refusals + (down_until === null ? 1 : 0)
  const next_attempt_at = down_until ?? later(now, pauseAfterRefusals(refused))
  const data = { ...outcome, refusals: refused, next_attempt_at }
  await tx.webhookDelivery.update({ where: { id }, data })
}

async function end(
  tx: Transaction,
  { id }: WebhookDelivery,
  status: 'delivered' | 'failed',
  outcome: Outcome,
  now: Date,
): Promise<void> {
  const data = { ...outcome, status, ended_at: now, next_attempt_at: null }
  await tx.webhookDelivery.update({ where: { id }, data })
}

const later = (now: Date, ms: number) => new Date(now.getTime() + ms)
