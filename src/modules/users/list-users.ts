import { withinReach } from '../../access/declaration.ts'
import { UserRef, userOf, withTenants } from '../../accounts/resource.ts'
import { usersWithin } from '../../db/reach-filters.ts'
import { orderBy, Page, slice } from '../../http/pagination.ts'
import type { Operation } from '../../operation.ts'
import { UserQuery, usersLike } from './user-query.ts'

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
        querystring: UserQuery,
        response: { 200: Page(UserRef) },
      },
    },
    async ({ authority, reach, query }) => {
      const where = { AND: [usersWithin(reach), ...(await usersLike(prisma, query, reach))] }
      const [total, rows] = await prisma.$transaction([
        prisma.user.count({ where }),
        prisma.user.findMany({
          where,
          include: withTenants(reach),
          orderBy: orderBy(query.sort, ['email', 'last_sign_in_at']),
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
