import type { Authority } from '../access/authority.ts'
import type { Place } from '../access/decide.ts'
import { requireToGive } from '../access/held.ts'
import type { Permission } from '../access/permissions.ts'
import { mayKnow } from '../access/require.ts'
import { isScopeWord, type TenantFacts } from '../access/scope.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { forbidden } from '../http/errors.ts'

/**
 * The scope entry as a place, if the caller holds the permission there; else 403 that names the field. A
 * tenant that doesn't exist is refused like one that is not the caller's.
 */
export async function requireScopeEntry(
  tx: Pick<Prisma.TransactionClient, 'tenant'>,
  authority: Authority,
  wanted: Permission,
  entry: string,
  field: string,
): Promise<Exclude<Place, null>> {
  const place = isScopeWord(entry) ? entry : await tx.tenant.findUnique({ where: { id: entry } })
  const errors = [{ field, message: `${entry} is not within your reach for ${wanted.name}` }]
  if (place === null || (typeof place === 'object' && !mayKnow(authority, place))) {
    const details = {
      permission: wanted.name,
      tenant_id: entry,
      leg: 'owner_tenant' as const,
    }
    throw forbidden(details, errors)
  }
  requireToGive(authority, wanted, place, errors)
  return place
}

/** As requireScopeEntry, for a field that names one tenant. */
export async function requireTenantFacts(
  tx: Pick<Prisma.TransactionClient, 'tenant'>,
  authority: Authority,
  wanted: Permission,
  tenantId: string,
): Promise<TenantFacts> {
  const place = await requireScopeEntry(tx, authority, wanted, tenantId, 'tenant_id')
  if (typeof place === 'string') throw new Error(`${tenantId} is a word`)
  return place
}

/** The columns of a scope entry. */
export function scopeRow(entry: string) {
  return isScopeWord(entry) ? { word: entry } : { tenant_id: entry }
}
