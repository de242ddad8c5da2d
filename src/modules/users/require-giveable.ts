import type { Authority } from '../../access/authority.ts'
import { requireHeldAt, requireHeldEverywhere } from '../../access/held.ts'
import { builtIn, type Permission } from '../../access/permissions.ts'
import type { TenantFacts } from '../../access/scope.ts'
import type { Target } from '../../accounts/lock-target.ts'

const wanted = builtIn('users.grants').name

/**
 * A grant is given and taken by who holds `users.grants` and every permission of the role where the grant
 * has effect: in its tenant; or, without a tenant, on the platform and in all of the user's scope.
 */
export function requireGiveable(
  authority: Authority,
  role: { permissions: readonly string[] },
  tenant: TenantFacts | null,
  target: Target,
  catalogue: readonly Permission[],
): void {
  const patterns = [wanted, ...role.permissions]
  if (tenant !== null) {
    requireHeldAt(authority, patterns, [tenant], catalogue)
    return
  }
  requireHeldEverywhere(authority, patterns, catalogue)
  requireHeldAt(authority, patterns, target.places, catalogue)
}
