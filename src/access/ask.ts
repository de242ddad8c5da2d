import type { Prisma } from '../generated/prisma/client.ts'
import { invalidField } from '../http/errors.ts'
import type { Authority } from './authority.ts'
import { type Leg, refusingLeg, tenantLeg } from './decide.ts'
import { mayKnow } from './require.ts'

type Asked = { permission: string | null; tenant_id: string | null }

/**
 * Asks an authority about a permission and a tenant as they are named from outside: the leg that refuses, or
 * null. A tenant without a permission asks for the tenant alone. Throws 400 for a permission that is not in
 * the catalogue, or that doesn't go with the tenant or its absence.
 */
export async function askAuthority(
  prisma: Pick<Prisma.TransactionClient, 'permission' | 'tenant'>,
  authority: Authority,
  { permission: name, tenant_id }: Asked,
): Promise<Leg | null> {
  const permission = name === null ? null : await prisma.permission.findUnique({ where: { name } })
  if (name !== null && !permission) throw invalidField('permission', 'is not in the catalogue')
  if (permission?.scope === 'platform' && tenant_id !== null) {
    throw invalidField('tenant_id', `does not go with ${name}, which is of the platform`)
  }
  if (permission?.scope === 'tenant' && tenant_id === null) {
    throw invalidField('tenant_id', `is required for ${name}, which is held in tenants`)
  }
  const tenant = tenant_id && (await prisma.tenant.findUnique({ where: { id: tenant_id } }))
  const isHidden = tenant_id !== null && !(tenant && mayKnow(authority, tenant))
  if (isHidden) return legOfHiddenTenant(authority)
  return permission
    ? refusingLeg(authority, permission, tenant || null)
    : tenantLeg(authority, tenant || null)
}

/** The same for another's tenant and for one that doesn't exist, whatever type either may have. */
function legOfHiddenTenant({ stored }: Authority): Leg {
  return stored && !stored.tenants.includes('any') ? 'token_tenant' : 'owner_tenant'
}
