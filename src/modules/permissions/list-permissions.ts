import { Type } from 'typebox'
import { isAuthenticated } from '../../access/declaration.ts'
import {
  containing,
  orderBy,
  Page,
  pageFields,
  pageOf,
  Query,
  searchField,
  sortField,
} from '../../http/pagination.ts'
import type { Operation } from '../../operation.ts'
import { PermissionRef, Scope } from './resource.ts'

const QueryFields = Query({
  ...pageFields,
  ...searchField,
  ...sortField(['name', 'created_at'], 'name'),
  scope: Type.Optional(Scope),
})

/** The catalogue. Reading it needs no permission: whoever builds a token must see what each one means. */
export const listPermissions: Operation = (app, { prisma }) => {
  app.get(
    '/permissions',
    {
      config: { access: isAuthenticated },
      schema: {
        operationId: 'listPermissions',
        summary: 'List the permission catalogue',
        tags: ['permissions'],
        querystring: QueryFields,
        response: { 200: Page(PermissionRef) },
      },
    },
    async ({ query }) => {
      const { search, scope } = query
      const contains = containing(search ?? '')
      const where = {
        ...(scope && { scope }),
        ...(search && { OR: [{ name: contains }, { description: contains }] }),
      }
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort, [], 'name'),
        () => prisma.permission.count({ where }),
        (slice) => prisma.permission.findMany({ where, ...slice }),
      )
      return { data: rows, ...page }
    },
  )
}
