import { Type } from 'typebox'
import { askAuthority } from '../../access/ask.ts'
import { legs } from '../../access/decide.ts'
import { isAuthenticatedAbout } from '../../access/declaration.ts'
import { permissionName } from '../../access/permissions.ts'
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
export const getOwnAuthority: Operation = (app, { readCatalogue }) => {
  app.get(
    '/me/authority',
    {
      config: { access: isAuthenticatedAbout('tenant_id') },
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
      const { permission } = query
      const leg = askAuthority(authority, await readCatalogue(), { permission, tenant_id })
      return { allowed: leg === null, permission, tenant_id, leg }
    },
  )
}
