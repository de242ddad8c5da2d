import type { Authority, HeldGrant } from './authority.ts'
import { remembered } from './remembered.ts'

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

/** The same for an authority of the same sets, which never change: many requests share those that are kept. */
export function holdingsOf(authority: Authority): Holdings {
  const { stored, scope, grants, blocked_tenant_ids } = authority
  const known = made.get(grants)
  if (known?.of.scope === scope && known.of.stored === stored) {
    if (known.of.blocked_tenant_ids === blocked_tenant_ids) return known.holdings
  }
  const holdings = {
    stored: stored && { permissions: setOf(stored.permissions), tenants: setOf(stored.tenants) },
    scope: setOf(scope),
    grants: byTenant(grants),
    blocked: setOf(blocked_tenant_ids),
  }
  made.set(grants, { of: { stored, scope, blocked_tenant_ids }, holdings })
  return holdings
}

type Sets = Pick<Authority, 'stored' | 'scope' | 'blocked_tenant_ids'>

/** By the grants: those of one authority, whatever else is asked of them. */
const made = new WeakMap<Authority['grants'], { of: Sets; holdings: Holdings }>()

const setOf = remembered((list: readonly string[]): ReadonlySet<string> => new Set(list))

const byTenant = remembered((grants: readonly HeldGrant[]) => {
  const patterns = new Map<string | null, ReadonlySet<string>>()
  for (const { tenant_id, permissions } of grants) {
    const held = patterns.get(tenant_id)
    // One role in a tenant is as it is most often, and its set the same for all who hold it.
    const more = setOf(permissions)
    patterns.set(tenant_id, held === undefined ? more : held.union(more))
  }
  return patterns
})
