import { isAuthenticated } from '../../access/declaration.ts'
import { notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { effectsOf } from './effects.ts'
import { ownTokens } from './list-own-tokens.ts'
import { TokenDetailRef, tokenOf, withUsage } from './resource.ts'

/** One of one's own tokens: what it stores beside what it effectively holds now, and what lies dormant. */
export const getOwnToken: Operation = (app, tools) => {
  const { prisma } = tools
  app.get(
    '/me/tokens/:id',
    {
      config: { access: isAuthenticated },
      schema: {
        operationId: 'getOwnToken',
        summary: 'See one of your personal access tokens',
        tags: ['tokens'],
        params: IdParams,
        response: { 200: TokenDetailRef },
      },
    },
    async ({ params, authority }) => {
      const row = await prisma.token.findFirst({
        where: { ...ownTokens(authority), AND: { id: params.id } },
        include: withUsage,
      })
      if (!row) throw notFound()
      return { ...tokenOf(row, authority.read_at), ...(await effectsOf(row.id, tools)) }
    },
  )
}
