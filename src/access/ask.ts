import { invalidField } from '../http/errors.ts'
import type { Authority } from './authority.ts'
import { type Leg, refusingLeg, tenantLeg } from './decide.ts'
import type { Permission } from './permissions.ts'
import { remembered } from './remembered.ts'
import { mayKnow } from './require.ts'

type Asked = { permission: string | null; tenant_id: string | null }

/**
 * Asks an authority about a permission and a tenant as they are named from outside: the leg that refuses, or
 * null. A tenant without a permission asks for the tenant alone; it is the one whose facts were read with the
 * authority. Throws 400 for a permission that is not in the catalogue, or that doesn't go with the tenant or
 * its absence.
 */
export function askAuthority(
  authority: Authority,
  catalogue: readonly Permission[],
  { permission: name, tenant_id }: Asked,
): Leg | null {
  const permission = name === null ? undefined : byName(catalogue).get(name)
  if (name !== null && !permission) throw invalidField('permission', 'is not in the catalogue')
  if (permission?.scope === 'platform' && tenant_id !== null) {
    throw invalidField('tenant_id', `does not go with ${name}, which is of the platform`)
  }
  if (permission?.scope === 'tenant' && tenant_id === null) {
    throw invalidField('tenant_id', `is required for ${name}, which is held in tenants`)
  }
  const { named_tenant: tenant } = authority
  const isHidden = tenant_id !== null && !(tenant && mayKnow(authority, tenant))
  if (isHidden) return legOfHiddenTenant(authority)
  return permission ? refusingLeg(authority, permission, tenant) : tenantLeg(authority, tenant)
}

/** A catalogue is asked as often as there are requests, and seldom read anew. */
const byName = remembered(
  (catalogue: readonly Permission[]) => new Map(catalogue.map((one) => [one.name, one])),
)

/** The same for another's tenant and for one that doesn't exist, whatever type either may have. */
function legOfHiddenTenant({ stored }: Authority): Leg {
  return stored && !stored.tenants.includes('any') ? 'token_tenant' : 'owner_tenant'
}
