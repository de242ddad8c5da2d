import { work } from '../../../jobs/jobs.ts'
import type { WorkOf, WorkTools } from '../../../operation.ts'

const keptDays = 30
const keptPerWebhook = 1000

export const pruneWebhookDeliveries: WorkOf = (tools) =>
  work({ queue: 'prune_webhook_deliveries', handle: () => prune(tools) })

/** Forgets what ended long ago, and of each webhook what is beyond the last thousand. */
export async function prune({ prisma }: Pick<WorkTools, 'prisma'>): Promise<void> {
  await prisma.$executeRaw`
    DELETE FROM webhook_deliveries
    WHERE created_at < now() - make_interval(days => ${keptDays}) AND status <> 'waiting'`
  await prisma.$executeRaw`
    DELETE FROM webhook_deliveries d USING (
      SELECT last.* FROM webhooks w CROSS JOIN LATERAL (
        SELECT webhook_id, created_at, id FROM webhook_deliveries WHERE webhook_id = w.id
        ORDER BY created_at DESC, id DESC OFFSET ${keptPerWebhook - 1} LIMIT 1
      ) last
    ) last
    WHERE d.webhook_id = last.webhook_id AND d.status <> 'waiting'
      AND (d.created_at, d.id) < (last.created_at, last.id)`
}
