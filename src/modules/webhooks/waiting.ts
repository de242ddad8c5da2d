import type { Transaction } from '../../audit/record-event.ts'
import type { Jobs } from '../../jobs/jobs.ts'

/** What says that nobody is there, rather than that somebody there doesn't want it. */
export const downStatuses = [429, 502, 503, 504]

/** The receiver is there again, or another one: what waited for it, and not because it was refused, is due. */
export async function release(
  tx: Transaction,
  jobs: Pick<Jobs, 'send'>,
  webhook_id: string,
): Promise<void> {
  const released = await tx.$executeRaw`
    UPDATE webhook_deliveries SET next_attempt_at = now()
    WHERE webhook_id = ${webhook_id}::uuid AND status = 'waiting' AND next_attempt_at > now()
      AND (response_status IS NULL OR response_status = ANY(${downStatuses}))`
  if (released > 0) await jobs.send(tx, 'find_due_webhook_deliveries', {}, { key: webhook_id })
}

/** Of a webhook that is disabled nothing is sent, and nothing later. */
export async function failWaiting(tx: Transaction, webhook_id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE webhook_deliveries
    SET status = 'failed', ended_at = now(), next_attempt_at = NULL,
      failure = coalesce(failure, 'the webhook is disabled')
    WHERE webhook_id = ${webhook_id}::uuid AND status = 'waiting'`
}
