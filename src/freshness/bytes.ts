import type { KeptAuthority } from '../access/kept-authority.ts'
import type { TenantFacts } from '../access/scope.ts'

/**
 * About how many bytes of memory something takes, from above; measured by scripts/measure-authorities.ts.
 * The bound on what is kept rests on it, so that a few owners with a thousand tenants count as what they are.
 */
const perAuthority = 2600
const perEntry = 140
const perGrant = 300
const perPermission = 90
const perTenant = 600

export function bytesOf({ facts }: KeptAuthority): number {
  const { stored, scope, grants, blocked_tenant_ids, tenants } = facts
  const entries = scope.length + blocked_tenant_ids.length + (stored?.tenants.length ?? 0)
  const patterns = grants.reduce((sum, { permissions }) => sum + permissions.length, 0)
  return (
    perAuthority +
    perEntry * entries +
    perGrant * grants.length +
    perPermission * (patterns + (stored?.permissions.length ?? 0)) +
    perTenant * tenants.size
  )
}

export const bytesOfTenant = (_: TenantFacts): number => perTenant
