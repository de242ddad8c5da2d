import { onPlatform } from '../../access/declaration.ts'
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
import { RoleRef } from './resource.ts'

export const listRoles: Operation = (app, { prisma }) => {
  app.get(
    '/roles',
    {
      config: { access: onPlatform('roles.read') },
      schema: {
        operationId: 'listRoles',
        summary: 'List roles',
        tags: ['roles'],
        querystring: Query({
          ...pageFields,
          ...sortField(['name', 'created_at'], 'name'),
          ...searchField,
        }),
        response: { 200: Page(RoleRef) },
      },
    },
    async ({ query }) => {
      const contains = containing(query.search ?? '')
      const where = query.search ? { OR: [{ name: contains }, { description: contains }] } : {}
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.role.count({ where }),
        (slice) => prisma.role.findMany({ where, ...slice }),
      )
      return { data: rows, ...page }
    },
  )
}
