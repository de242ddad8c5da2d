import { withinReach } from '../../access/declaration.ts'
import { UserRef, userOf, withTenants } from '../../accounts/resource.ts'
import { usersWithin } from '../../db/reach-filters.ts'
import { orderBy, Page, pageOf } from '../../http/pagination.ts'
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
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort, ['email', 'last_sign_in_at']),
        () => prisma.user.count({ where }),
        (slice, found) =>
          prisma.user.findMany({
            where: { AND: [where, found] },
            include: withTenants(reach),
            ...slice,
          }),
        () => prisma.user.findMany({ where, select: { id: true } }),
      )
      return { data: rows.map((row) => userOf(row, authority.read_at)), ...page }
    },
  )
}
