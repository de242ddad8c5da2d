import { isAuthenticated } from '../../access/declaration.ts'
import { dormantPairs, effectiveEntries } from '../../access/effective.ts'
import { AppError, notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { ownTokens } from './list-own-tokens.ts'
import { TokenDetailRef, tokenOf, withUsage } from './resource.ts'

/** One of one's own tokens: what it stores beside what it effectively holds now, and what lies dormant. */
export const getOwnToken: Operation = (app, { prisma, readAuthority }) => {
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
      const token = tokenOf(row, authority.read_at)
      const asToken = await readAuthority({ kind: 'token_id', token_id: row.id }, null).catch(
        ifEnded,
      )
      if (!asToken) return { ...token, authority: [], dormant: [] }
      const catalogue = await prisma.permission.findMany({
        select: { name: true, scope: true },
      })
      return {
        ...token,
        authority: effectiveEntries(asToken, catalogue),
        dormant: dormantPairs(asToken, catalogue),
      }
    },
  )
}

/** A token that is revoked or expired holds nothing; any other failure is one. */
function ifEnded(error: unknown): null {
  if (error instanceof AppError && error.code === 'unauthorized') return null
  throw error
}
