import type { FieldError } from '../http/errors.ts'
import type { Authority } from './authority.ts'
import { namedPlaces, type Place, permissionLeg, refusingLeg } from './decide.ts'
import { holdingsOf } from './holdings.ts'
import { coveredBySome, isWildcard, type Permission } from './permissions.ts'
import { refusal, requirePermission } from './require.ts'
import { reaches } from './scope.ts'

/**
 * The rule of no escalation: nobody gives what they don't hold. What these functions compare is what is
 * held whether or not a tenant is suspended just now: a suspension stops every use of a right, and is no
 * reason to lose it.
 */
export function lacks(authority: Authority, wanted: Permission, place: Place): boolean {
  const awake = typeof place === 'object' && place ? { ...place, status: 'active' as const } : place
  return refusingLeg(authority, wanted, awake) !== null || isBlockedUnder(authority, place)
}

/**
 * A word stands for tenants that have blocked this token, too: what it may not use there, it can't give
 * or take there by naming the word.
 */
function isBlockedUnder({ blocked_tenant_ids, tenants }: Authority, place: Place): boolean {
  if (typeof place !== 'string') return false
  return blocked_tenant_ids.some((id) => {
    const tenant = tenants.get(id)
    return tenant === undefined || reaches([place], tenant)
  })
}

/** As requirePermission, for a place that the caller gives to someone, or takes. */
export function requireToGive(
  authority: Authority,
  wanted: Permission,
  place: Place,
  errors?: FieldError[],
): void {
  if (isBlockedUnder(authority, place)) {
    throw refusal(authority, wanted, place, 'tenant_block', errors)
  }
  requirePermission(authority, wanted, place, errors)
}

/** Is the permission held anywhere at all? */
export function holdsSomewhere(authority: Authority, wanted: Permission): boolean {
  const places = wanted.scope === 'platform' ? [null] : namedPlaces(authority)
  return places.some((place) => !lacks(authority, wanted, place))
}

/**
 * Throws 403 unless the caller holds every one of these patterns at every one of these tenant places.
 * What of them is of the platform has no effect in a tenant and needs no holding there.
 */
export function requireHeldAt(
  authority: Authority,
  patterns: readonly string[],
  places: readonly Place[],
  catalogue: readonly Permission[],
): void {
  for (const wanted of meant(patterns, 'tenant', catalogue)) {
    for (const place of places) {
      if (lacks(authority, wanted, place)) {
        throw refusal(authority, wanted, place, legOf(authority, wanted))
      }
    }
  }
}

/**
 * Throws 403 unless the caller holds these patterns as a grant without a tenant gives them: on the
 * platform, and in whatever tenants a scope comes to hold.
 */
export function requireHeldEverywhere(
  authority: Authority,
  patterns: readonly string[],
  catalogue: readonly Permission[],
): void {
  const wanted = [
    ...meant(patterns, 'tenant', catalogue).map((one) => [one, 'any'] as const),
    ...meant(patterns, 'platform', catalogue).map((one) => [one, null] as const),
  ]
  for (const [permission, place] of wanted) {
    const leg = permissionLeg(authority, permission, place)
    if (leg) throw refusal(authority, permission, null, leg)
  }
}

/**
 * The permissions of one scope that a role's patterns mean. A wildcard stays one: it also means what will
 * be registered later, so only the holder of a wildcard holds it.
 */
function meant(
  patterns: readonly string[],
  scope: Permission['scope'],
  catalogue: readonly Permission[],
): Permission[] {
  const ofScope = catalogue.filter((permission) => permission.scope === scope)
  return patterns
    .filter((pattern) => isWildcard(pattern) || ofScope.some(({ name }) => name === pattern))
    .map((name) => ({ name, scope }))
}

function legOf(authority: Authority, { name }: Permission) {
  const { stored } = holdingsOf(authority)
  return stored && !coveredBySome(stored.permissions, name)
    ? 'token_permission'
    : 'owner_permission'
}
