import { withinReachInSession } from '../../access/declaration.ts'
import { builtIn } from '../../access/permissions.ts'
import { readAccount } from '../../accounts/lock-target.ts'
import { requireOverUser } from '../../accounts/require-over-account.ts'
import { orderBy, Page, pageOf } from '../../http/pagination.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { liveSessions } from '../../sessions/lifetimes.ts'
import { SessionQuery, SessionRef, sessionOf } from '../../sessions/resource.ts'

/**
 * Where a person is signed in. Sessions belong to no tenant, and tell from where somebody works: they are
 * shown to those who may end them, and to nobody else.
 */
export const listUserSessions: Operation = (app, { prisma, placeOf }) => {
  app.get(
    '/users/:id/sessions',
    {
      config: { access: withinReachInSession('users.update') },
      schema: {
        operationId: 'listUserSessions',
        summary: 'List the sessions of a user',
        tags: ['users'],
        params: IdParams,
        querystring: SessionQuery,
        response: { 200: Page(SessionRef) },
      },
    },
    async ({ authority, params, query, reach }) => {
      const account = await readAccount(prisma, params.id, reach)
      const catalogue = await prisma.permission.findMany({ select: { name: true, scope: true } })
      requireOverUser(authority, builtIn('users.update'), account, catalogue)
      const where = liveSessions(params.id, authority.read_at)
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.session.count({ where }),
        (slice) => prisma.session.findMany({ where, ...slice }),
      )
      const data = rows.map((row) => sessionOf(row, authority.credential.id, placeOf))
      return { data, ...page }
    },
  )
}
