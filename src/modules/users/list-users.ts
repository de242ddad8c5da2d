import { Type } from 'typebox'
import { withinReach } from '../../access/declaration.ts'
import { UserRef, userOf, withTenants } from '../../accounts/resource.ts'
import { usersWithin } from '../../db/reach-filters.ts'
import { containing, Page, pageFields, Query, searchField, slice } from '../../http/pagination.ts'
import type { Operation } from '../../operation.ts'

const QueryFields = Query({
  ...pageFields,
  ...searchField,
  status: Type.Optional(Type.Enum(['invited', 'active', 'deactivated'])),
  is_service_account: Type.Optional(Type.Boolean()),
})

/** The users who lie in a tenant where the caller holds `users.read`. */
export const listUsers: Operation = (app, { prisma }) => {
  app.get(
    '/users',
    {
      config: { access: withinReach('users.read') },
      schema: {
        operationId: 'listUsers',
        summary: 'List users',
        tags: ['users'],
        querystring: QueryFields,
        response: { 200: Page(UserRef) },
      },
    },
    async ({ authority, reach, query }) => {
      const { search, status, is_service_account } = query
      const contains = containing(search ?? '')
      const where = {
        AND: [
          usersWithin(reach),
          status ? { status } : {},
          is_service_account === undefined ? {} : { is_service_account },
          search ? { OR: [{ name: contains }, { email: contains }] } : {},
        ],
      }
      const [total, rows] = await prisma.$transaction([
        prisma.user.count({ where }),
        prisma.user.findMany({
          where,
          include: withTenants(reach),
          orderBy: [{ name: 'asc' }, { id: 'asc' }],
          ...slice(query),
        }),
      ])
      return {
        data: rows.map((row) => userOf(row, authority.read_at)),
        total,
        page: query.page,
        limit: query.limit,
      }
    },
  )
}
