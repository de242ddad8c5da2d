import type { Transaction } from '../../../audit/record-event.ts'
import { recordWork } from '../../../audit/record-work.ts'
import type { Webhook } from '../../../generated/prisma/client.ts'
import { failWaiting } from '../waiting.ts'

/** Ends what nobody receives, as its event tells. Call it with the webhook locked. */
export async function disable(
  tx: Transaction,
  { id, tenant_id }: Webhook,
  disabled_reason: string,
): Promise<void> {
  const data = { is_enabled: false, disabled_reason }
  await tx.webhook.update({ where: { id }, data })
  await failWaiting(tx, id)
  const by = { actor: { id: null, name: 'system' }, correlation_id: id.replaceAll('-', '') }
  await recordWork(tx, by, {
    action: 'webhook.disabled',
    target_type: 'webhook',
    target_id: id,
    tenant_ids: tenant_id === null ? [] : [tenant_id],
    after: data,
  })
}
