import type { Authority } from '../../access/authority.ts'
import { refusingLeg } from '../../access/decide.ts'
import { lacks, requireToGive } from '../../access/held.ts'
import { builtIn } from '../../access/permissions.ts'
import { reachOf } from '../../access/reach.ts'
import { requireInTenant, requirePermission } from '../../access/require.ts'
import { requireTenantFacts } from '../../accounts/scope-entry.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { ofTenantsWithin } from '../../db/reach-filters.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { notFound } from '../../http/errors.ts'

type Reading = Pick<Transaction, 'tenant'>

/**
 * Who is told of a tenant's changes is decided by who may change the tenant, and who is told of all by who sets the
 * platform up. And nobody is told by a webhook what they may not read in the audit log.
 */
const [ofTenant, ofPlatform, reading] = [
  builtIn('tenants.update'),
  builtIn('settings.write'),
  builtIn('audit.read'),
]

export const whoMay =
  '`tenants.update` and `audit.read` in the tenant; without a tenant `settings.write`, and `audit.read` in all.'

/** For a place that a body names. */
export async function requirePlace(
  tx: Reading,
  authority: Authority,
  tenant_id: string | null,
): Promise<void> {
  if (tenant_id === null) return requirePlatform(authority)
  await requireTenantFacts(tx, authority, ofTenant, tenant_id)
  await requireTenantFacts(tx, authority, reading, tenant_id)
}

/** For the place of a webhook that a path names: 404 where the caller may not know of it. */
export async function requirePlaceOf(
  tx: Reading,
  authority: Authority,
  { tenant_id }: { tenant_id: string | null },
): Promise<void> {
  if (tenant_id === null) {
    if (refusingLeg(authority, ofPlatform, null) !== null) throw notFound()
    return requirePlatform(authority)
  }
  const select = { id: true, type: true, status: true } as const
  const tenant = await tx.tenant.findUnique({ where: { id: tenant_id }, select })
  requireInTenant(authority, ofTenant, tenant)
  requirePermission(authority, reading, tenant)
}

function requirePlatform(authority: Authority): void {
  requirePermission(authority, ofPlatform, null)
  requireToGive(authority, reading, 'any')
}

/** The webhooks of the places over which the caller has a say. */
export function webhooksOf(authority: Authority): Prisma.WebhookWhereInput {
  const within = [ofTenant, reading].map((wanted) => ofTenantsWithin(reachOf(authority, wanted)))
  const seesPlatform =
    refusingLeg(authority, ofPlatform, null) === null && !lacks(authority, reading, 'any')
  return { OR: [{ AND: within }, ...(seesPlatform ? [{ tenant_id: null }] : [])] }
}
