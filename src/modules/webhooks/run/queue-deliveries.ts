import type { Transaction } from '../../../audit/record-event.ts'
import type { AuditEvent, Prisma } from '../../../generated/prisma/client.ts'
import type { WorkTools } from '../../../operation.ts'
import type { Listener } from '../../../outbox/pass-on.ts'
import { queueDelivery } from '../queue-delivery.ts'

/**
 * A delivery for each webhook that wants this event. A tenant's webhook is told of what touched this tenant, and of
 * no other tenant that the event touched too.
 */
export const queueDeliveries =
  ({ jobs }: Pick<WorkTools, 'jobs'>): Listener =>
  async (tx, event) => {
    for (const webhook of await webhooksFor(tx, event)) {
      const { id: webhook_id, tenant_id } = webhook
      const payload = payloadOf(event, tenant_id === null ? event.tenant_ids : [tenant_id])
      const data = { webhook_id, type: event.action, payload }
      const { id } = await tx.webhookDelivery.create({ data })
      await queueDelivery(tx, jobs, webhook, id)
    }
  }

type Wanting = { id: string; tenant_id: string | null }

/** Locked, so that none of them is deleted before its delivery is there. */
function webhooksFor(tx: Transaction, { action, tenant_ids }: AuditEvent): Promise<Wanting[]> {
  const [family = ''] = action.split('.')
  return tx.$queryRaw<Wanting[]>`
    SELECT w.id::text, w.tenant_id::text FROM webhooks w
    WHERE w.is_enabled AND w.event_types && ${[action, `${family}.*`]}::text[]
      AND (w.tenant_id IS NULL OR w.tenant_id IN (
        SELECT id FROM tenants WHERE id = ANY(${tenant_ids}::uuid[]) AND status = 'active'))
    ORDER BY w.id FOR KEY SHARE OF w`
}

/** Ids and names: what has changed, and not from what to what, which the audit log tells those who may read it. */
function payloadOf(event: AuditEvent, tenant_ids: string[]): Prisma.InputJsonObject {
  const { id, action, at, actor_id, actor_name, credential_id, credential_name } = event
  const { target_type, target_id, correlation_id } = event
  return {
    type: action,
    timestamp: at.toISOString(),
    data: {
      audit_event_id: id,
      actor: { id: actor_id, name: actor_name },
      credential: credential_id && { id: credential_id, name: credential_name },
      target: { type: target_type, id: target_id },
      tenant_ids,
      correlation_id,
    },
  }
}
