import { onPlatform } from '../../access/declaration.ts'
import { containing, Page, pageFields, Query, searchField, slice } from '../../http/pagination.ts'
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
        querystring: Query({ ...pageFields, ...searchField }),
        response: { 200: Page(RoleRef) },
      },
    },
    async ({ query }) => {
      const where = query.search ? { name: containing(query.search) } : {}
      const [total, data] = await prisma.$transaction([
        prisma.role.count({ where }),
        prisma.role.findMany({
          where,
          orderBy: { name: 'asc' },
          ...slice(query),
        }),
      ])
      return { data, total, page: query.page, limit: query.limit }
    },
  )
}
