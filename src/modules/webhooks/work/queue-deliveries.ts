import type { Prisma } from '../../../generated/prisma/client.ts'
import type { WorkTools } from '../../../operation.ts'
import type { Listener } from '../../../outbox/pass-on.ts'

/**
 * A delivery for each webhook that wants this event. A tenant's webhook is told of what touched this tenant, and of
 * no other tenant that the event touched too.
 */
export const queueDeliveries =
  ({ jobs }: Pick<WorkTools, 'jobs'>): Listener =>
  async (tx, event) => {
    const [family = ''] = event.action.split('.')
    const webhooks = await tx.webhook.findMany({
      where: {
        is_enabled: true,
        event_types: { hasSome: [event.action, `${family}.*`] },
        OR: [
          { tenant_id: null },
          { tenant_id: { in: event.tenant_ids }, tenant: { status: 'active' } },
        ],
      },
      select: { id: true, tenant_id: true },
    })
    for (const { id: webhook_id, tenant_id } of webhooks) {
      const payload = payloadOf(event, tenant_id === null ? event.tenant_ids : [tenant_id])
      const data = { webhook_id, type: event.action, payload }
      const { id } = await tx.webhookDelivery.create({ data })
      await jobs.send(tx, 'deliver_webhook', { delivery_id: id }, { key: id })
    }
  }

/** Ids and names: what has changed, and not from what to what, which the audit log tells those who may read it. */
function payloadOf(event: Parameters<Listener>[1], tenant_ids: string[]): Prisma.InputJsonObject {
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
