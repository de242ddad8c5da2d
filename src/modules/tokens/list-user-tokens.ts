import { withinEitherReach } from '../../access/declaration.ts'
import { liveAt } from '../../db/live-at.ts'
import { containing, orderBy, Page, pageOf } from '../../http/pagination.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { TokenQuery } from './list-own-tokens.ts'
import { TokenRef, tokenOf, withUsage } from './resource.ts'
import { seenTokens } from './seen-tokens.ts'

/** The tokens of a person or a service account, as far as they reach where the caller has a say. */
export const listUserTokens: Operation = (app, { prisma }) => {
  app.get(
    '/users/:id/tokens',
    {
      config: { access: withinEitherReach('tokens.read', 'service_accounts.tokens') },
      schema: {
        operationId: 'listUserTokens',
        summary: 'List the tokens of a user',
        description: 'Of the tenants that a token stores, those within your reach are shown.',
        tags: ['tokens'],
        params: IdParams,
        querystring: TokenQuery,
        response: { 200: Page(TokenRef) },
      },
    },
    async (request) => {
      const { authority, params, query } = request
      const { where: seen, entries } = await seenTokens(prisma, request, params.id)
      const where = {
        AND: [
          seen,
          query.search ? { name: containing(query.search) } : {},
          query.include ? {} : liveAt(authority.read_at),
        ],
      }
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.token.count({ where }),
        (slice) => prisma.token.findMany({ where, include: withUsage, ...slice }),
      )
      const data = rows.map((row) => tokenOf(row, authority.read_at, entries))
      return { data, ...page }
    },
  )
}
