import { Type } from 'typebox'
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
import { limitRequestOf, TokenLimitRequestRef, withUser } from './resource.ts'

const QueryFields = Query({
  ...pageFields,
  ...searchField,
  ...sortField(['created_at', 'requested_limit', 'decided_at'], 'created_at'),
  status: Type.Optional(Type.Enum(['pending', 'approved', 'denied'])),
})

/** Everybody's requests for more tokens, the longest waiting first. */
export const listTokenLimitRequests: Operation = (app, { prisma }) => {
  app.get(
    '/token-limit-requests',
    {
      config: { access: onPlatform('token_limits.approve') },
      schema: {
        operationId: 'listTokenLimitRequests',
        summary: 'List requests for more tokens',
        tags: ['token-limits'],
        querystring: QueryFields,
        response: { 200: Page(TokenLimitRequestRef) },
      },
    },
    async ({ authority, query }) => {
      const { status, search } = query
      const contains = containing(search ?? '')
      const where = {
        ...(status && { status }),
        ...(search && { user: { OR: [{ name: contains }, { email: contains }] } }),
      }
      const include = withUser(authority.read_at)
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort, ['decided_at']),
        () => prisma.tokenLimitRequest.count({ where }),
        (slice) => prisma.tokenLimitRequest.findMany({ where, include, ...slice }),
      )
      return { data: rows.map((row) => limitRequestOf(row, authority.read_at)), ...page }
    },
  )
}
