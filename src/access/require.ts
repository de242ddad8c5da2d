import { type AppError, type FieldError, forbidden, notFound } from '../http/errors.ts'
import type { Authority } from './authority.ts'
import {
  type Leg,
  namedPlaces,
  type Place,
  permissionLeg,
  refusingLeg,
  tenantLeg,
} from './decide.ts'
import { holdingsOf } from './holdings.ts'
import { coveredBySome, type Permission } from './permissions.ts'
import { isEmpty, type Reach, reachOf } from './reach.ts'
import { reaches, type TenantFacts } from './scope.ts'

/** May this caller know that the tenant exists: is it in the owner's scope, or named on the token? */
export function mayKnow(authority: Authority, tenant: TenantFacts): boolean {
  const { scope, stored } = holdingsOf(authority)
  return reaches(scope, tenant) || (stored?.tenants.has(tenant.id) ?? false)
}

/** The 403 for this refusal. A tenant that the caller may not know of is not named. */
export function refusal(
  authority: Authority,
  wanted: Permission,
  place: Place,
  leg: Leg,
  errors?: FieldError[],
): AppError {
  const isTenant = place !== null && typeof place === 'object'
  const named = isTenant ? (mayKnow(authority, place) ? place.id : null) : place
  return forbidden({ permission: wanted.name, tenant_id: named, leg }, errors)
}

/** Throws 403 with the leg, unless the permission is held at this place. */
export function requirePermission(
  authority: Authority,
  wanted: Permission,
  place: Place,
  errors?: FieldError[],
): void {
  const leg = refusingLeg(authority, wanted, place)
  if (leg !== null) throw refusal(authority, wanted, place, leg, errors)
}

/**
 * As requirePermission, for the tenant that a path names. One that the caller may not know of answers
 * 404, like one that doesn't exist.
 */
export function requireInTenant(
  authority: Authority,
  wanted: Permission,
  tenant: TenantFacts | null | undefined,
): asserts tenant is TenantFacts {
  if (!tenant || !mayKnow(authority, tenant)) throw notFound()
  requirePermission(authority, wanted, tenant)
}

/** Throws 403 where the permission is held in no tenant at all; else says in which it is. */
export function requireReach(authority: Authority, wanted: Permission): Reach {
  const reach = reachOf(authority, wanted)
  if (!isEmpty(reach)) return reach
  throw forbidden({
    permission: wanted.name,
    tenant_id: null,
    leg: emptyReachLeg(authority, wanted),
  })
}

/** As requireReach; who also holds `revival` on the platform needs no tenant that is active. */
export function requireReachOrRevival(
  authority: Authority,
  wanted: Permission,
  revival: Permission,
): Reach {
  const places = ['any' as const, ...namedPlaces(authority)]
  const isHeld = places.some((place) => permissionLeg(authority, wanted, place) === null)
  const revives = refusingLeg(authority, revival, null) === null
  return isHeld && revives ? reachOf(authority, wanted) : requireReach(authority, wanted)
}

/** Of all places that could have held it, the leg of the one that came furthest. */
const furthestFirst: Leg[] = ['tenant_status', 'tenant_block', 'owner_tenant', 'token_tenant']

function emptyReachLeg(authority: Authority, wanted: Permission): Leg {
  const { stored } = holdingsOf(authority)
  if (stored && !coveredBySome(stored.permissions, wanted.name)) return 'token_permission'
  const found = new Set(
    namedPlaces(authority)
      .filter((place) => permissionLeg(authority, wanted, place) === null)
      .map((place) => tenantLeg(authority, place)),
  )
  return furthestFirst.find((leg) => found.has(leg)) ?? 'owner_permission'
}
