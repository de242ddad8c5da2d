import { Type } from 'typebox'
import { withinReach } from '../../access/declaration.ts'
import { ofTenantsWithin } from '../../db/reach-filters.ts'
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
import { Id } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { ApplicationRef, applicationOf, Priority, withGroups } from './resource.ts'

const QueryFields = Query({
  ...pageFields,
  ...sortField(['name', 'created_at'], 'name'),
  ...searchField,
  tenant_id: Type.Optional(Id),
  priority: Type.Optional(Priority),
  is_archived: Type.Optional(Type.Boolean()),
})

/** The applications of the tenants where the caller holds `applications.read`. */
export const listApplications: Operation = (app, { prisma }) => {
  app.get(
    '/applications',
    {
      config: { access: withinReach('applications.read') },
      schema: {
        operationId: 'listApplications',
        summary: 'List applications',
        tags: ['applications'],
        querystring: QueryFields,
        response: { 200: Page(ApplicationRef) },
      },
    },
    async ({ authority, query, reach }) => {
      const { search, tenant_id, priority, is_archived } = query
      const where = {
        AND: [
          ofTenantsWithin(reach),
          tenant_id ? { tenant_id } : {},
          priority ? { priority } : {},
          is_archived === undefined ? {} : { is_archived },
          search ? { name: containing(search) } : {},
        ],
      }
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.application.count({ where }),
        (slice, found) =>
          prisma.application.findMany({
            where: { AND: [where, found] },
            include: withGroups,
            ...slice,
          }),
        () => prisma.application.findMany({ where, select: { id: true } }),
      )
      return { data: rows.map((row) => applicationOf(row, authority)), ...page }
    },
  )
}
