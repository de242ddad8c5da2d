import type { Authority } from './authority.ts'
import { holdingsOf } from './holdings.ts'
import { coveredBySome, type Permission } from './permissions.ts'
import { isScopeWord, reaches, reachesWord, type ScopeWord, type TenantFacts } from './scope.ts'

/** Which part of an authority refused. */
export type Leg =
  | 'token_tenant'
  | 'owner_tenant'
  | 'tenant_block'
  | 'tenant_status'
  | 'token_permission'
  | 'owner_permission'

export const legs = [
  'token_permission',
  'owner_permission',
  'token_tenant',
  'owner_tenant',
  'tenant_block',
  'tenant_status',
] as const satisfies Leg[]

/** Where a permission is asked for: in a tenant, in all tenants of a word, or (null) on the platform. */
export type Place = TenantFacts | ScopeWord | null

/**
 * The decision. Does this authority hold the permission at this place? Null: yes; else the first leg
 * that refuses, in the order of the contract: the tenant before the permission, the token before its
 * owner. `wanted.name` may be a wildcard, which only a wildcard as wide holds.
 *
 * Permissions are held in pairs with tenants: a permission from a grant in tenant A and a scope that
 * holds tenant B give nothing in B.
 */
export function refusingLeg(authority: Authority, wanted: Permission, place: Place): Leg | null {
  return tenantLeg(authority, place) ?? permissionLeg(authority, wanted, place)
}

/** The tenant half of the decision alone. */
export function tenantLeg(authority: Authority, place: Place): Leg | null {
  if (place === null) return null
  const { stored, scope, blocked } = holdingsOf(authority)
  const isIn = (entries: ReadonlySet<string>) =>
    typeof place === 'string' ? reachesWord(entries, place) : reaches(entries, place)
  if (stored && !isIn(stored.tenants)) return 'token_tenant'
  if (!isIn(scope)) return 'owner_tenant'
  if (typeof place === 'string') return null
  if (blocked.has(place.id)) return 'tenant_block'
  return place.status === 'active' ? null : 'tenant_status'
}

/** The permission half of the decision alone; at a word, what grants without a tenant give. */
export function permissionLeg(authority: Authority, wanted: Permission, place: Place): Leg | null {
  const { stored, grants } = holdingsOf(authority)
  if (stored && !coveredBySome(stored.permissions, wanted.name)) return 'token_permission'
  // A grant in a tenant gives the tenant permissions of its role there, and no platform permission.
  if ((wanted.scope === 'platform') !== (place === null)) return 'owner_permission'
  const isHeldBy = (tenantId: string | null) =>
    coveredBySome(grants.get(tenantId) ?? [], wanted.name)
  const isTenant = place !== null && typeof place === 'object'
  const isHeld = isHeldBy(null) || (isTenant && isHeldBy(place.id))
  return isHeld ? null : 'owner_permission'
}

/** The places that the sets of an authority name, in which it may hold something. */
export function namedPlaces({ stored, scope, grants, tenants }: Authority): Exclude<Place, null>[] {
  const entries = new Set([
    ...scope,
    ...(stored?.tenants ?? []),
    ...grants.flatMap((grant) => grant.tenant_id ?? []),
  ])
  const words = [...entries].filter(isScopeWord)
  const facts = [...entries].flatMap((entry) => tenants.get(entry) ?? [])
  return [...words, ...facts]
}
