import { Webhook as Signer } from 'standardwebhooks'
import type { Transaction } from '../../../audit/record-event.ts'
import { recordWork } from '../../../audit/record-work.ts'
import { databaseNow } from '../../../db/now.ts'
import { SourceError } from '../../../fetching/source-error.ts'
import type { Webhook, WebhookDelivery } from '../../../generated/prisma/client.ts'
import { work } from '../../../jobs/jobs.ts'
import type { WorkOf, WorkTools } from '../../../operation.ts'

/** With the queue's pauses, some two days. */
export const attemptsMax = 16
const failingMs = 5 * 86_400_000

type Tools = Pick<WorkTools, 'prisma' | 'postGuarded'>

export const deliverWebhook: WorkOf = (tools) =>
  work({
    queue: 'deliver_webhook',
    concurrency: 4,
    handle: ({ delivery_id }) => deliver(tools, delivery_id),
  })

/** Sends what is still to be sent; throws to be called again. */
export async function deliver(tools: Tools, id: string): Promise<void> {
  const prepared = await tools.prisma.$transaction((tx) => prepare(tx, id))
  if (prepared === null) return
  const outcome = await post(tools, prepared)
  const isOver = await tools.prisma.$transaction((tx) => note(tx, id, outcome))
  if (!isOver) throw new Error(outcome.failure ?? '')
}

type Prepared = { url: string; headers: Record<string, string>; body: string }
type Outcome = { response_status: number | null; failure: string | null }

async function prepare(tx: Transaction, id: string): Promise<Prepared | null> {
  const found = await tx.webhookDelivery.findUnique({ where: { id }, include: { webhook: true } })
  if (found?.status !== 'waiting') return null
  const now = await databaseNow(tx)
  if (!found.webhook.is_enabled) {
    const data = { status: 'failed', failure: 'the webhook is disabled', ended_at: now } as const
    await tx.webhookDelivery.update({ where: { id }, data })
    return null
  }
  await tx.webhookDelivery.update({ where: { id }, data: { attempts: { increment: 1 } } })
  return signed(found, found.webhook, now)
}

function signed({ id, payload }: WebhookDelivery, webhook: Webhook, now: Date): Prepared {
  const body = JSON.stringify(payload)
  const { secret, previous_secret, previous_secret_until: until } = webhook
  const old = previous_secret !== null && until !== null && until > now ? [previous_secret] : []
  const signatures = [secret, ...old].map((key) => new Signer(key).sign(id, now, body))
  return {
    url: webhook.url,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Postern',
      'webhook-id': id,
      'webhook-timestamp': `${Math.floor(now.getTime() / 1000)}`,
      'webhook-signature': signatures.join(' '),
    },
  }
}

async function post({ postGuarded }: Tools, { url, headers, body }: Prepared): Promise<Outcome> {
  try {
    const response_status = await postGuarded(url, headers, body)
    const isTaken = response_status >= 200 && response_status < 300
    return { response_status, failure: isTaken ? null : `answered ${response_status}` }
  } catch (error) {
    const isSlow = error instanceof SourceError && error.kind === 'too_slow'
    return { response_status: null, failure: isSlow ? 'took too long' : 'could not be reached' }
  }
}

/** Says whether this was the last try. */
async function note(tx: Transaction, id: string, outcome: Outcome): Promise<boolean> {
  const delivery = await tx.webhookDelivery.findUnique({ where: { id } })
  if (delivery?.status !== 'waiting') return true
  const { webhook_id, attempts } = delivery
  await tx.$executeRaw`SELECT 1 FROM webhooks WHERE id = ${webhook_id}::uuid FOR UPDATE`
  const webhook = await tx.webhook.findUniqueOrThrow({ where: { id: webhook_id } })
  const now = await databaseNow(tx)
  const isDelivered = outcome.failure === null
  const failing_since = isDelivered ? null : (webhook.failing_since ?? now)
  if (failing_since !== webhook.failing_since) {
    await tx.webhook.update({ where: { id: webhook_id }, data: { failing_since } })
  }
  const reason = whyDisabled(outcome, failing_since, now)
  if (reason !== null && webhook.is_enabled) await disable(tx, webhook, reason)
  const isOver = isDelivered || reason !== null || attempts >= attemptsMax
  const end = { status: isDelivered ? 'delivered' : 'failed', ended_at: now } as const
  const data = { ...outcome, ...(isOver && end) }
  await tx.webhookDelivery.update({ where: { id }, data })
  return isOver
}

function whyDisabled({ response_status }: Outcome, since: Date | null, now: Date): string | null {
  if (response_status === 410) return 'it answered that it is gone'
  if (since === null || now.getTime() - since.getTime() < failingMs) return null
  return 'nothing could be delivered for five days'
}

async function disable(tx: Transaction, { id, tenant_id }: Webhook, reason: string): Promise<void> {
  const data = { is_enabled: false, disabled_reason: reason }
  await tx.webhook.update({ where: { id }, data })
  const by = { actor: { id: null, name: 'system' }, correlation_id: id.replaceAll('-', '') }
  await recordWork(tx, by, {
    action: 'webhook.disabled',
    target_type: 'webhook',
    target_id: id,
    tenant_ids: tenant_id === null ? [] : [tenant_id],
    after: data,
  })
}
