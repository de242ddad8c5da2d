import type { Me } from '../access/me.ts'
import { type Allowed, useAllowed } from '../access/use-allowed.ts'
import { useAllowedAt } from '../access/use-allowed-at.ts'

const [ofTenant, ofPlatform, reading] = ['tenants.update', 'settings.write', 'audit.read']

const holds = (place: Me['authority'][number], permission: string) =>
  place.permissions.includes(permission)

/** Of the platform, and so of all tenants: its settings, and the audit log of each of them. */
export function mayOnPlatform({ authority }: Me): boolean {
  const isHeld = (at: string | null, permission: string) =>
    authority.some((place) => place.tenant_id === at && holds(place, permission))
  return isHeld(null, ofPlatform) && isHeld('any', reading)
}

/** Is there any place at all whose changes this person may send elsewhere? */
export const mayAnywhere = (me: Me): boolean =>
  mayOnPlatform(me) || me.authority.some((at) => holds(at, ofTenant) && holds(at, reading))

/** What is chosen as the place of a webhook; a tenant's id otherwise. */
export const platform = 'platform'

/** May one send changes of this place elsewhere? Nothing is asked before there is one. */
export function useMayAt(place: string | null): Allowed {
  const isTenant = place !== null && place !== platform
  const tenant_id = isTenant ? place : null
  const inTenant = [
    useAllowed(ofTenant, tenant_id, isTenant),
    useAllowed(reading, tenant_id, isTenant),
  ]
  const onPlatform = [
    useAllowed(ofPlatform, null, place === platform),
    useAllowedAt(reading, 'any'),
  ]
  const legs = isTenant ? inTenant : onPlatform
  return legs.find(({ isAllowed }) => !isAllowed) ?? { isAllowed: true, reason: null }
}
