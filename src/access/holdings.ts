import type { Authority } from './authority.ts'

/**
 * The sets of an authority, arranged for questions: someone may be in a thousand tenants, and each
 * decision looks at two of them.
 */
export type Holdings = {
  stored: { permissions: ReadonlySet<string>; tenants: ReadonlySet<string> } | null
  scope: ReadonlySet<string>
  /** The patterns of the grants, by tenant; null for those without one. */
  grants: ReadonlyMap<string | null, ReadonlySet<string>>
  blocked: ReadonlySet<string>
}

const arranged = new WeakMap<Authority, Holdings>()

/** The same for the same authority, which never changes. */
export function holdingsOf(authority: Authority): Holdings {
  const known = arranged.get(authority)
  if (known) return known
  const { stored, scope, blocked_tenant_ids } = authority
  const grants = new Map<string | null, Set<string>>()
  for (const { tenant_id, permissions } of authority.grants) {
    const patterns = grants.get(tenant_id) ?? new Set()
    for (const pattern of permissions) patterns.add(pattern)
    grants.set(tenant_id, patterns)
  }
  const holdings = {
    stored: stored && {
      permissions: new Set(stored.permissions),
      tenants: new Set(stored.tenants),
    },
    scope: new Set(scope),
    grants,
    blocked: new Set(blocked_tenant_ids),
  }
  arranged.set(authority, holdings)
  return holdings
}
