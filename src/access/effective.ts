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
import { reaches } from './scope.ts'

/** The effective permissions at one place: a tenant id, a word of a tenant scope, or null for the platform. */
export type EffectiveEntry = {
  tenant_id: string | null
  permissions: string[]
}

export type DormantPair = {
  permission: string
  tenant_id: string | null
  leg: Leg
}

/**
 * What an authority amounts to, as `GET /me` shows it. Words are shown as words, never expanded;
 * places where nothing is held are left out.
 */
export function effectiveEntries(
  authority: Authority,
  catalogue: readonly Permission[],
): EffectiveEntry[] {
  return shownPlaces(authority)
    .map((place) => ({
      tenant_id: placeName(place),
      permissions: tenantLeg(authority, place)
        ? []
        : catalogue
            .filter((permission) => permissionLeg(authority, permission, place) === null)
            .map(({ name }) => name)
            .sort(),
    }))
    .filter(({ permissions }) => permissions.length > 0)
}

/** The pairs that a token stores and does not effectively hold now, each with the leg that refuses. */
export function dormantPairs(
  authority: Authority,
  catalogue: readonly Permission[],
): DormantPair[] {
  const { stored } = holdingsOf(authority)
  if (stored === null) return []
  const permissions = catalogue
    .filter(({ name }) => coveredBySome(stored.permissions, name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const places = shownPlaces(authority).filter(
    (place) => place === null || isStored(authority, stored.tenants, place),
  )
  return permissions.flatMap((permission) =>
    places
      .filter((place) => (place === null) === (permission.scope === 'platform'))
      .flatMap((place) => {
        const leg = refusingLeg(authority, permission, place)
        return leg ? [{ permission: permission.name, tenant_id: placeName(place), leg }] : []
      }),
  )
}

/** A token that stores a word stores the tenants behind it; the ones to tell of are those that blocked it. */
function isStored(
  authority: Authority,
  tenants: ReadonlySet<string>,
  place: Exclude<Place, null>,
): boolean {
  if (typeof place === 'string') return tenants.has(place)
  if (tenants.has(place.id)) return true
  return holdingsOf(authority).blocked.has(place.id) && reaches(tenants, place)
}

/** The platform, and every place that the sets of the authority or a block name. */
function shownPlaces(authority: Authority): Place[] {
  const named = namedPlaces(authority)
  const blocked = authority.blocked_tenant_ids.flatMap((id) => authority.tenants.get(id) ?? [])
  return [null, ...named, ...blocked.filter((tenant) => !named.includes(tenant))]
}

function placeName(place: Place): string | null {
  return place === null || typeof place === 'string' ? place : place.id
}
