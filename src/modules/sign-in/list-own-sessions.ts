import { isSession } from '../../access/declaration.ts'
import { orderBy, Page, pageOf } from '../../http/pagination.ts'
import type { Operation } from '../../operation.ts'
import { liveSessions } from '../../sessions/lifetimes.ts'
import { SessionQuery, SessionRef, sessionOf } from '../../sessions/resource.ts'

/** Where one is signed in. What ended or expired is history and not listed. */
export const listOwnSessions: Operation = (app, { prisma, placeOf }) => {
  app.get(
    '/me/sessions',
    {
      config: { access: isSession },
      schema: {
        operationId: 'listOwnSessions',
        summary: 'List your sessions',
        tags: ['sign-in'],
        querystring: SessionQuery,
        response: { 200: Page(SessionRef) },
      },
    },
    async ({ authority, query }) => {
      const where = liveSessions(authority.owner.id, authority.read_at)
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
