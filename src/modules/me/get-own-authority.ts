import { Type } from 'typebox'
import type { Authority } from '../../access/authority.ts'
import { type Leg, legs, refusingLeg } from '../../access/decide.ts'
import { isAuthenticated } from '../../access/declaration.ts'
import { permissionName } from '../../access/permissions.ts'
import { mayKnow } from '../../access/require.ts'
import { invalidField } from '../../http/errors.ts'
import { Query } from '../../http/pagination.ts'
import { Id, nullable } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

const QueryFields = Query({
  permission: Type.String({
    pattern: permissionName,
    examples: ['users.read'],
  }),
  tenant_id: Type.Optional(Id),
})

const Answer = Type.Object({
  allowed: Type.Boolean(),
  permission: Type.String({ examples: ['users.read'] }),
  tenant_id: nullable(Id),
  leg: nullable(Type.Enum([...legs])),
})

/** May this credential do this here? If not, which part refuses. */
export const getOwnAuthority: Operation = (app, { prisma }) => {
  app.get(
    '/me/authority',
    {
      config: { access: isAuthenticated },
      schema: {
        operationId: 'getOwnAuthority',
        summary: 'Ask whether this credential holds a permission',
        tags: ['me'],
        querystring: QueryFields,
        response: { 200: Answer },
      },
    },
    async ({ authority, query }) => {
      const { tenant_id = null } = query
      const permission = await prisma.permission.findUnique({
        where: { name: query.permission },
      })
      if (!permission) throw invalidField('permission', 'is not in the catalogue')
      if (permission.scope === 'platform' && tenant_id !== null) {
        throw invalidField(
          'tenant_id',
          `does not go with ${permission.name}, which is of the platform`,
        )
      }
      if (permission.scope === 'tenant' && tenant_id === null) {
        throw invalidField(
          'tenant_id',
          `is required for ${permission.name}, which is held in tenants`,
        )
      }
      const tenant = tenant_id && (await prisma.tenant.findUnique({ where: { id: tenant_id } }))
      const hidden = tenant_id !== null && !(tenant && mayKnow(authority, tenant))
      const leg = hidden
        ? legOfHiddenTenant(authority)
        : refusingLeg(authority, permission, tenant || null)
      return {
        allowed: leg === null,
        permission: permission.name,
        tenant_id,
        leg,
      }
    },
  )
}

/** The same for another's tenant and for one that doesn't exist, whatever type either may have. */
function legOfHiddenTenant({ stored }: Authority): Leg {
  return stored && !stored.tenants.includes('any') ? 'token_tenant' : 'owner_tenant'
}
