import type { FastifyRequest } from 'fastify'
import type { Authority } from '../../access/authority.ts'
import { refusingLeg } from '../../access/decide.ts'
import { builtIn } from '../../access/permissions.ts'
import { requireInTenant, requirePermission } from '../../access/require.ts'
import { type AuditEvent, recordEvent, type Transaction } from '../../audit/record-event.ts'
import { withoutQuery } from '../../fetching/source-url.ts'
import { notFound } from '../../http/errors.ts'
import { shown } from './resource.ts'

const facts = { select: { id: true, type: true, status: true } } as const

/** Who is told of a tenant's changes is decided by who may change the tenant; of all, by who sets the platform up. */
export async function requirePlace(
  tx: Pick<Transaction, 'tenant'>,
  authority: Authority,
  tenant_id: string | null,
): Promise<void> {
  if (tenant_id === null) {
    requirePermission(authority, builtIn('settings.write'), null)
    return
  }
  const tenant = await tx.tenant.findUnique({ where: { id: tenant_id }, ...facts })
  requireInTenant(authority, builtIn('tenants.update'), tenant)
}

/** A webhook over which the caller has a say; 404 for one of the platform that is none of theirs. */
export async function findWebhook(
  tx: Pick<Transaction, 'tenant' | 'webhook'>,
  authority: Authority,
  id: string,
) {
  const webhook = await tx.webhook.findUnique({ where: { id }, select: shown })
  if (!webhook) throw notFound()
  const isHidden = refusingLeg(authority, builtIn('settings.write'), null) !== null
  if (webhook.tenant_id === null && isHidden) throw notFound()
  await requirePlace(tx, authority, webhook.tenant_id)
  return webhook
}

/** The same, locked until the transaction ends. */
export async function lockWebhook(tx: Transaction, request: FastifyRequest, id: string) {
  await tx.$executeRaw`SELECT 1 FROM webhooks WHERE id = ${id}::uuid FOR UPDATE`
  return findWebhook(tx, request.authority, id)
}

type Told = { url: string; description: string | null; event_types: string[]; is_enabled: boolean }

/** What an event tells of a webhook: a query may hold what its receiver knows it by. */
export const toldOf = ({ url, description, event_types, is_enabled }: Told) => ({
  url: withoutQuery(url),
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
