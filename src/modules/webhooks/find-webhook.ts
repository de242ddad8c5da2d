import type { FastifyRequest } from 'fastify'
import type { Authority } from '../../access/authority.ts'
import { type AuditEvent, recordEvent, type Transaction } from '../../audit/record-event.ts'
import { notFound } from '../../http/errors.ts'
import { requirePlaceOf } from './place.ts'
import { shown } from './resource.ts'

/** A webhook over which the caller has a say. */
export async function findWebhook(
  tx: Pick<Transaction, 'tenant' | 'webhook'>,
  authority: Authority,
  id: string,
) {
  const webhook = await tx.webhook.findUnique({ where: { id }, select: shown })
  if (!webhook) throw notFound()
  await requirePlaceOf(tx, authority, webhook)
  return webhook
}

/** The same, locked until the transaction ends. */
export async function lockWebhook(tx: Transaction, request: FastifyRequest, id: string) {
  await tx.$executeRaw`SELECT 1 FROM webhooks WHERE id = ${id}::uuid FOR UPDATE`
  return findWebhook(tx, request.authority, id)
}

type Told = { url: string; description: string | null; event_types: string[]; is_enabled: boolean }

/** What an event tells of a webhook: its path or query may hold what its receiver knows it by. */
export const toldOf = ({ url, description, event_types, is_enabled }: Told) => ({
  url: new URL(url).origin,
  description,
  event_types,
  is_enabled,
})

type Change = Omit<AuditEvent, 'target_type' | 'target_id' | 'tenant_ids'>

export async function recordWebhook(
  tx: Transaction,
  request: FastifyRequest,
  { id, tenant_id }: { id: string; tenant_id: string | null },
  change: Change,
): Promise<void> {
  const tenant_ids = tenant_id === null ? [] : [tenant_id]
  await recordEvent(tx, request, { ...change, target_type: 'webhook', target_id: id, tenant_ids })
}
