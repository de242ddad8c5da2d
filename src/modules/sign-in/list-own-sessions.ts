import { Type } from 'typebox'
import { isSession } from '../../access/declaration.ts'
import { orderBy, Page, pageFields, pageOf, Query, sortField } from '../../http/pagination.ts'
import { Id, nullable, ref, Timestamp } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { liveSessions } from '../../sessions/lifetimes.ts'

export const Session = Type.Object(
  {
    id: Id,
    created_at: Timestamp,
    last_used_at: { ...Timestamp, description: 'The sign-in, or the last refresh' },
    idle_expires_at: { ...Timestamp, description: 'When it ends unless it is refreshed before' },
    expires_at: { ...Timestamp, description: 'When it ends, refreshed or not' },
    ip: nullable(Type.String({ examples: ['192.0.2.7'] })),
    user_agent: nullable(Type.String({ examples: ['Mozilla/5.0 (X11; Linux x86_64)'] })),
    is_current: Type.Boolean({ description: 'The session of this call' }),
  },
  { $id: 'Session' },
)

const QueryFields = Query({
  ...pageFields,
  ...sortField(['created_at', 'last_used_at', 'expires_at'], '-last_used_at'),
})

/** Where one is signed in. What ended or expired is history and not listed. */
export const listOwnSessions: Operation = (app, { prisma }) => {
  app.get(
    '/me/sessions',
    {
      config: { access: isSession },
      schema: {
        operationId: 'listOwnSessions',
        summary: 'List your sessions',
        tags: ['sign-in'],
        querystring: QueryFields,
        response: { 200: Page(ref(Session)) },
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
      const data = rows.map((row) => ({ ...row, is_current: row.id === authority.credential.id }))
      return { data, ...page }
    },
  )
}
