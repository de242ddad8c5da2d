import type { Sealing } from '../../../access/sealing.ts'
import type { Transaction } from '../../../audit/record-event.ts'
import type { PostGuarded } from '../../../fetching/post-guarded.ts'
import { SourceError } from '../../../fetching/source-error.ts'
import type { WebhookDelivery } from '../../../generated/prisma/client.ts'
import { work } from '../../../jobs/jobs.ts'
import type { WorkOf, WorkTools } from '../../../operation.ts'
import { failWaiting } from '../waiting.ts'
import { note, type Outcome } from './note.ts'
import { type Signed, signed } from './sign.ts'

/** Longer than a try can take: so long nobody else sends the same, and then its worker is taken for gone. */
const leaseMs = 60_000

type Tools = Pick<WorkTools, 'prisma' | 'jobs'> & { postGuarded: PostGuarded; sealing: Sealing }

export const deliverWebhook: WorkOf = (tools) =>
  work({
    queue: 'deliver_webhook',
    concurrency: 6,
    perGroup: 2,
    handle: ({ delivery_id }) => deliver(tools, delivery_id),
  })

/** Sends what is due, once, however many are at it; when it is due again is written down with what came of it. */
export async function deliver(tools: Tools, id: string): Promise<void> {
  const { prisma, jobs } = tools
  const prepared = await prisma.$transaction((tx) => prepare(tx, tools.sealing, id))
  if (prepared === null) return
  const outcome = await post(tools, prepared)
  await prisma.$transaction((tx) => note(tx, jobs, id, outcome))
}

type Prepared = Signed | 'unreadable'

async function prepare(tx: Transaction, sealing: Sealing, id: string): Promise<Prepared | null> {
  await tx.$executeRaw`SELECT 1 FROM webhook_deliveries WHERE id = ${id}::uuid FOR UPDATE`
  const found = await tx.webhookDelivery.findUnique({ where: { id }, include: { webhook: true } })
  // Not the start of the transaction: it may have waited for whoever had the row.
  const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`
  if (!found || !isDue(found, now)) return null
  const { is_enabled, paused_until } = found.webhook
  if (!is_enabled) {
    await failWaiting(tx, found.webhook_id)
    return null
  }
  if (paused_until !== null && paused_until > now) {
    await tx.webhookDelivery.update({ where: { id }, data: { next_attempt_at: paused_until } })
    return null
  }
  const next_attempt_at = new Date(now.getTime() + leaseMs)
  const data = { attempts: { increment: 1 }, next_attempt_at }
  await tx.webhookDelivery.update({ where: { id }, data })
  return signed(sealing, found, found.webhook, now) ?? 'unreadable'
}

/** What is stored has been rounded, up or down. */
const isDue = ({ status, next_attempt_at: at }: WebhookDelivery, now: Date) =>
  status === 'waiting' && at !== null && at.getTime() <= now.getTime() + 1

async function post({ postGuarded }: Tools, prepared: Prepared): Promise<Outcome> {
  if (prepared === 'unreadable') {
    return { response_status: null, failure: 'the secret cannot be read any more: rotate it' }
  }
  const { url, headers, body } = prepared
  try {
    const response_status = await postGuarded(url, headers, body)
    const isTaken = response_status >= 200 && response_status < 300
    return { response_status, failure: isTaken ? null : `answered ${response_status}` }
  } catch (error) {
    const isSlow = error instanceof SourceError && error.kind === 'too_slow'
    return { response_status: null, failure: isSlow ? 'took too long' : 'could not be reached' }
  }
}
