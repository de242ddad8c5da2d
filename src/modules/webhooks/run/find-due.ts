import { work } from '../../../jobs/jobs.ts'
import type { WorkOf, WorkTools } from '../../../operation.ts'
import { queueDelivery } from '../queue-delivery.ts'

const atOnce = 200

type Tools = Pick<WorkTools, 'prisma' | 'jobs'>

/** Each minute, and when a receiver is back: has sent what is due again, or was left by a worker that is gone. */
export const findDueWebhookDeliveries: WorkOf = (tools) =>
  work({
    queue: 'find_due_webhook_deliveries',
    handle: async (_, signal) => {
      while (!signal.aborted && (await findDue(tools)) === atOnce);
    },
  })

/** Says how many were found. What a job is there for already is in good hands. */
export async function findDue({ prisma, jobs }: Tools): Promise<number> {
  return prisma.$transaction(async (tx) => {
    const due = await tx.$queryRaw<{ id: string; tenant_id: string | null }[]>`
      WITH live AS (
        SELECT singleton_key FROM pgboss.job
        WHERE name = 'deliver_webhook' AND state IN ('created', 'retry', 'active')
      )
      SELECT d.id::text, w.tenant_id::text
      FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
      WHERE d.status = 'waiting' AND d.next_attempt_at <= now()
        AND (w.paused_until IS NULL OR w.paused_until <= now())
        -- Of a receiver that fails, one shows whether it still does: the others would only keep everybody's waiting.
        AND (w.failing_since IS NULL OR NOT EXISTS (
          SELECT FROM webhook_deliveries e WHERE e.webhook_id = d.webhook_id AND e.status = 'waiting'
            AND (e.next_attempt_at, e.id) < (d.next_attempt_at, d.id)))
        AND NOT EXISTS (SELECT FROM live WHERE live.singleton_key = d.id::text)
      ORDER BY d.next_attempt_at, d.id LIMIT ${atOnce}`
    for (const { id, tenant_id } of due) await queueDelivery(tx, jobs, { tenant_id }, id)
    return due.length
  })
}
