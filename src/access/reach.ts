import type { Authority } from './authority.ts'
import { namedPlaces, refusingLeg } from './decide.ts'
import type { Permission } from './permissions.ts'
import type { TenantFacts, TenantType } from './scope.ts'

/**
 * All tenants where a permission is held, without expanding words: a platform may have 100,000 of
 * them. A tenant is within reach if it is active, not excepted, and any of the three holds.
 */
export type Reach = {
  any: boolean
  types: TenantType[]
  tenants: TenantFacts[]
  except_tenant_ids: readonly string[]
}

export function reachOf(authority: Authority, wanted: Permission): Reach {
  const reach: Reach = {
    any: false,
    types: [],
    tenants: [],
    except_tenant_ids: authority.blocked_tenant_ids,
  }
  for (const place of namedPlaces(authority)) {
    if (refusingLeg(authority, wanted, place) !== null) continue
    if (place === 'any') reach.any = true
    else if (place === 'type:test') reach.types.push('test')
    else if (place === 'type:production') reach.types.push('production')
    else reach.tenants.push(place)
  }
  return reach
}

export function isEmpty({ any, types, tenants }: Reach): boolean {
  return !any && types.length === 0 && tenants.length === 0
}

/** Is nothing hidden from this reach? */
export function isBoundless({ any, except_tenant_ids }: Reach): boolean {
  return any && except_tenant_ids.length === 0
}
