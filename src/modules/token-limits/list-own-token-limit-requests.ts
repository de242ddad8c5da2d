import { isAuthenticated } from '../../access/declaration.ts'
import { orderBy, Page, pageFields, pageOf, Query, sortField } from '../../http/pagination.ts'
import type { Operation } from '../../operation.ts'
import { ownLimitRequestOf, TokenLimitRequestRef, withUser } from './resource.ts'

/** What one asked for, newest first, and what became of it. */
export const listOwnTokenLimitRequests: Operation = (app, { prisma }) => {
  app.get(
    '/me/token-limit-requests',
    {
      config: { access: isAuthenticated },
      schema: {
        operationId: 'listOwnTokenLimitRequests',
        summary: 'List your requests for more tokens',
        tags: ['token-limits'],
        querystring: Query({
          ...pageFields,
          ...sortField(['created_at'], '-created_at'),
        }),
        response: { 200: Page(TokenLimitRequestRef) },
      },
    },
    async ({ authority, query }) => {
      const where = { user_id: authority.owner.id }
      const include = withUser(authority.read_at)
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.tokenLimitRequest.count({ where }),
        (slice) => prisma.tokenLimitRequest.findMany({ where, include, ...slice }),
      )
      const data = rows.map((row) => ownLimitRequestOf(row, authority.read_at, authority))
      return { data, ...page }
    },
  )
}
