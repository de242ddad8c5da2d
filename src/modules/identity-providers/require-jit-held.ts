import type { Authority } from '../../access/authority.ts'
import type { Place } from '../../access/decide.ts'
import { requireHeldAt, requireHeldEverywhere, requireToGive } from '../../access/held.ts'
import { builtIn, type Permission } from '../../access/permissions.ts'
import { requireScopeEntry, requireTenantFacts } from '../../accounts/scope-entry.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { invalidField, unprocessable } from '../../http/errors.ts'

type Jit = {
  enabled: boolean
  tenants: readonly string[]
  grants: readonly { role_id: string; tenant_id: string | null }[]
}

export const givesAnything = ({ enabled, tenants, grants }: Jit): boolean =>
  enabled || tenants.length > 0 || grants.length > 0

const create = builtIn('users.create')
const give = builtIn('users.grants')

/**
 * Whoever says what people get when they come just in time gives it to them: as with POST /users and its grants,
 * throws 403 unless the caller may create users in all of these tenants, and holds all of these roles there.
 */
export async function requireJitHeld(
  tx: Transaction,
  authority: Authority,
  { tenants, grants }: Jit,
): Promise<void> {
  const places: Exclude<Place, null>[] = []
  for (const entry of tenants) {
    places.push(await requireScopeEntry(tx, authority, create, entry, 'jit.tenants'))
  }
  if (tenants.length === 0) requireToGive(authority, create, 'any')
  const catalogue = await tx.permission.findMany({ select: { name: true, scope: true } })
  for (const { role_id, tenant_id } of grants) {
    const patterns = [give.name, ...(await permissionsOf(tx, role_id))]
    if (tenant_id === null) {
      requireHeldEverywhere(authority, patterns, catalogue)
      requireHeldAt(authority, patterns, places, catalogue)
    } else await requireGiveableIn(tx, authority, patterns, tenant_id, catalogue)
  }
}

async function requireGiveableIn(
  tx: Transaction,
  authority: Authority,
  patterns: readonly string[],
  tenantId: string,
  catalogue: readonly Permission[],
): Promise<void> {
  const tenant = await requireTenantFacts(tx, authority, give, tenantId)
  requireHeldAt(authority, patterns, [tenant], catalogue)
}

/** The role stays as it is until the change is made: what is checked is what is given. */
async function permissionsOf(tx: Transaction, role_id: string): Promise<string[]> {
  const [role] = await tx.$queryRaw<{ permissions: string[] }[]>`
    SELECT permissions FROM roles WHERE id = ${role_id}::uuid FOR SHARE`
  if (!role) throw unprocessable('jit.grants', 'names no role')
  return role.permissions
}

/** Throws 400 where people would come from anywhere. */
export function requireDomains(jit: Jit, allowed_domains: readonly string[]): void {
  if (!jit.enabled || allowed_domains.length > 0) return
  throw invalidField('allowed_domains', 'must name at least one while people come just in time')
}
