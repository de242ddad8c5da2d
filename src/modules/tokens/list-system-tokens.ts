import { onPlatform } from '../../access/declaration.ts'
import { liveAt } from '../../db/live-at.ts'
import { systemPrincipalId } from '../../db/reach-filters.ts'
import { containing, orderBy, Page, pageOf } from '../../http/pagination.ts'
import type { Operation } from '../../operation.ts'
import { TokenQuery } from './list-own-tokens.ts'
import { TokenRef, tokenOf, withUsage } from './resource.ts'

/** The tokens of the system itself, newest first. */
export const listSystemTokens: Operation = (app, { prisma }) => {
  app.get(
    '/system/tokens',
    {
      config: { access: onPlatform('system_tokens.manage') },
      schema: {
        operationId: 'listSystemTokens',
        summary: 'List system tokens',
        tags: ['system-tokens'],
        querystring: TokenQuery,
        response: { 200: Page(TokenRef) },
      },
    },
    async ({ authority, query }) => {
      const where = {
        owner_id: systemPrincipalId,
        ...(query.search && { name: containing(query.search) }),
        ...(query.include ? {} : liveAt(authority.read_at)),
      }
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.token.count({ where }),
        (slice) => prisma.token.findMany({ where, include: withUsage, ...slice }),
      )
      const data = rows.map((row) => tokenOf(row, authority.read_at))
      return { data, ...page }
    },
  )
}
