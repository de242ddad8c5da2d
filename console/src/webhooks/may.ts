import type { Me } from '../access/me.ts'

/** As the API has it: what it takes in a tenant, on the platform, and there in every tenant beside it. */
export const [ofTenant, ofPlatform, reading] = ['tenants.update', 'settings.write', 'audit.read']

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
