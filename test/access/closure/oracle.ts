import type { Facts } from './facts.ts'

/** Pairs of a permission and a place, as `users.read @ <tenant id>` or `roles.read @ platform`. */
export type Pairs = ReadonlySet<string>

export const pair = (permission: string, place: string) => `${permission} @ ${place}`

/** What a word also means: a tenant of either type, and of a type to come, that nobody has created yet. */
export const future = (type: string) => `a new ${type} tenant`
const futureTenants = ['test', 'production', 'other'].map((type) => ({ id: future(type), type }))

type Named = Facts['permissions']

/** The resources of the host product, registered or not, and one that never is. */
const hostResources = ['policies', 'claims', 'others']

/** What a wildcard also means: in each resource, and in a new one, a permission that nobody has registered yet. */
function withFuture(permissions: Named): Named {
  const resources = new Set([
    ...permissions.map(({ name }) => name.split('.')[0]),
    ...hostResources,
  ])
  const scopes = ['tenant', 'platform'] as const
  const toCome = [...resources].flatMap((resource) =>
    scopes.map((scope) => ({ name: `${resource}.to_come_${scope}`, scope })),
  )
  return [...permissions, ...toCome]
}

const matches = (patterns: readonly string[], name: string) =>
  patterns.includes('*.*') ||
  patterns.includes(`${name.split('.')[0]}.*`) ||
  patterns.includes(name)

const within = (entries: readonly string[], tenant: { id: string; type: string }) =>
  entries.includes('any') || entries.includes(`type:${tenant.type}`) || entries.includes(tenant.id)

/**
 * The reference: who holds which pairs, by the id of owner or token. The contract's first sentence over
 * rows, and no line of src/access: an owner's grants where the owner's scope reaches, and for a token what
 * of that it stores.
 */
export function holdings(facts: Facts): Map<string, Pairs> {
  const permissions = withFuture(facts.permissions)
  const tenants = [...facts.tenants, ...futureTenants]
  const held = new Map<string, Pairs>()
  for (const { id } of facts.owners) {
    const scope = facts.scopes.filter(({ user_id }) => user_id === id).map(({ entry }) => entry)
    const grants = facts.grants.filter(({ user_id }) => user_id === id)
    const everywhere = patternsOf(grants.filter(({ tenant_id }) => tenant_id === null))
    const places = tenants
      .filter((tenant) => within(scope, tenant))
      .map((tenant) => {
        const there = grants.filter(({ tenant_id }) => tenant_id === tenant.id)
        return [tenant.id, [...everywhere, ...patternsOf(there)]] as const
      })
    held.set(id, pairsOf(permissions, everywhere, places))
  }
  for (const token of facts.tokens) {
    const places = tenants
      .filter((tenant) => within(token.tenants, tenant) && !token.blocked.includes(tenant.id))
      .map(({ id }) => [id, token.permissions] as const)
    const stored = pairsOf(permissions, token.permissions, places)
    const owners = held.get(token.owner_id) ?? new Set()
    held.set(token.id, stored.intersection(owners))
  }
  return held
}

const patternsOf = (grants: Facts['grants']) => grants.flatMap(({ permissions }) => permissions)

function pairsOf(
  permissions: Named,
  onPlatform: readonly string[],
  inTenants: (readonly [string, readonly string[]])[],
): Set<string> {
  return new Set(
    permissions.flatMap(({ name, scope }) =>
      scope === 'platform'
        ? matches(onPlatform, name)
          ? [pair(name, 'platform')]
          : []
        : inTenants.flatMap(([id, patterns]) => (matches(patterns, name) ? [pair(name, id)] : [])),
    ),
  )
}
