import type { Authority, HeldGrant } from './authority.ts'

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

/** The same for the same authority, which never changes; and the same parts for one with the same lists. */
export const holdingsOf = remembered((authority: Authority): Holdings => {
  const { stored, scope, grants, blocked_tenant_ids } = authority
  return {
    stored: stored && { permissions: setOf(stored.permissions), tenants: setOf(stored.tenants) },
    scope: setOf(scope),
    grants: byTenant(grants),
    blocked: setOf(blocked_tenant_ids),
  }
})

const setOf = remembered((list: readonly string[]): ReadonlySet<string> => new Set(list))

const byTenant = remembered((grants: readonly HeldGrant[]) => {
  const patterns = new Map<string | null, Set<string>>()
  for (const { tenant_id, permissions } of grants) {
    const held = patterns.get(tenant_id) ?? new Set()
    for (const pattern of permissions) held.add(pattern)
    patterns.set(tenant_id, held)
  }
  return patterns
})

function remembered<From extends object, To>(make: (from: From) => To): (from: From) => To {
  const made = new WeakMap<From, To>()
  return (from) => {
    const known = made.get(from)
    if (known !== undefined) return known
    const value = make(from)
    made.set(from, value)
    return value
  }
}
