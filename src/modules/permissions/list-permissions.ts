import { Type } from 'typebox'
import { isAuthenticated } from '../../access/declaration.ts'
import {
  containing,
  orderBy,
  Page,
  pageFields,
  Query,
  searchField,
  slice,
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
      const [total, data] = await prisma.$transaction([
        prisma.permission.count({ where }),
        prisma.permission.findMany({
          where,
          orderBy: orderBy(query.sort, [], 'name'),
          ...slice(query),
        }),
      ])
      return { data, total, page: query.page, limit: query.limit }
    },
  )
}
