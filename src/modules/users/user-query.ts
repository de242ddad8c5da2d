import { type Static, Type } from 'typebox'
import type { Reach } from '../../access/reach.ts'
import { scopeEntriesWithin, tenantsWithin } from '../../db/reach-filters.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { containing, pageFields, Query, searchField, sortField } from '../../http/pagination.ts'
import { Id } from '../../http/schemas.ts'
import type { Tools } from '../../operation.ts'

export const UserQuery = Query({
  ...pageFields,
  ...searchField,
  ...sortField(['name', 'email', 'created_at', 'last_sign_in_at'], 'name'),
  status: Type.Optional(Type.Enum(['invited', 'active', 'deactivated'])),
  is_service_account: Type.Optional(Type.Boolean()),
  tenant_id: Type.Optional({ ...Id, description: 'Whose tenant scope holds this tenant' }),
  role_id: Type.Optional({
    ...Id,
    description: 'Who holds this role; with tenant_id: there, or without a tenant',
  }),
})

/** The filters of a query; each says no more than what the list and the grants of its users show anyway. */
export async function usersLike(
  prisma: Tools['prisma'],
  query: Static<typeof UserQuery>,
  reach: Reach,
): Promise<Prisma.UserWhereInput[]> {
  const { search, status, is_service_account, tenant_id, role_id } = query
  const contains = containing(search ?? '')
  const within = tenant_id === undefined ? reach : await reachAt(prisma, tenant_id, reach)
  const places = [{ tenant_id: null }, { tenant: tenantsWithin(within) }]
  return [
    status ? { status } : {},
    is_service_account === undefined ? {} : { is_service_account },
    search ? { OR: [{ name: contains }, { email: contains }] } : {},
    tenant_id ? { tenants: { some: scopeEntriesWithin(within) } } : {},
    role_id ? { grants: { some: { role_id, OR: places } } } : {},
  ]
}

/** Of this reach, the part that is one tenant: none, for a tenant that lies outside or doesn't exist. */
async function reachAt(prisma: Tools['prisma'], id: string, reach: Reach): Promise<Reach> {
  const tenant = await prisma.tenant.findFirst({ where: { AND: [{ id }, tenantsWithin(reach)] } })
  return { any: false, types: [], tenants: tenant ? [tenant] : [], except_tenant_ids: [] }
}
