import type { KeptAuthority } from '../access/kept-authority.ts'
import type { Permission } from '../access/permissions.ts'
import type { TenantFacts } from '../access/scope.ts'

/**
 * How many bytes of memory something takes, from above; `npm run bench:memory` measures it. The token of an
 * owner in three tenants with a role of 20 permissions in each takes 3.0 KB, where thousands hold these roles,
 * and 6.3 KB where nobody else does; 7.3 KB are counted. The bound on what is kept rests on it, so that a few
 * owners with a thousand tenants count as what they are.
 */
const perAuthority = 2700
const perEntry = 60
const perGrant = 350
const perPermission = 40
const perTenant = 180

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

/** One by itself, with its place among those that are kept. */
const perNamedTenant = 600

export const bytesOfTenant = (_: TenantFacts): number => perNamedTenant

/** Of the catalogue each name is kept once. */
export const bytesOfCatalogue = (all: readonly Permission[]): number => 1000 + 150 * all.length
