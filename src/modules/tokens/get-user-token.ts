import { Type } from 'typebox'
import { withinEitherReach } from '../../access/declaration.ts'
import { notFound } from '../../http/errors.ts'
import { Id } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { effectsOf } from './effects.ts'
import { TokenDetailRef, tokenOf, withUsage } from './resource.ts'
import { knownEntries, seenTokens } from './seen-tokens.ts'

export const UserTokenParams = Type.Object({ id: Id, token_id: Id })

/** Someone's token: what it stores beside what it effectively holds, where the caller has a say. */
export const getUserToken: Operation = (app, tools) => {
  const { prisma } = tools
  app.get(
    '/users/:id/tokens/:token_id',
    {
      config: { access: withinEitherReach('tokens.read', 'service_accounts.tokens') },
      schema: {
        operationId: 'getUserToken',
        summary: 'See a token of a user',
        tags: ['tokens'],
        params: UserTokenParams,
        response: { 200: TokenDetailRef },
      },
    },
    async (request) => {
      const { authority, params } = request
      const { where, entries, reaches, platform } = await seenTokens(prisma, request, params.id)
      const row = await prisma.token.findFirst({
        where: { AND: [where, { id: params.token_id }] },
        include: withUsage,
      })
      if (!row) throw notFound()
      const effects = await effectsOf(row.id, tools)
      const places = [...effects.authority, ...effects.dormant].flatMap(
        (one) => one.tenant_id ?? [],
      )
      const known = await knownEntries(prisma, reaches, places)
      const isSeen = ({ tenant_id }: { tenant_id: string | null }) =>
        tenant_id === null ? platform : known.has(tenant_id)
      return {
        ...tokenOf(row, authority.read_at, entries),
        authority: effects.authority.filter(isSeen),
        dormant: effects.dormant.filter(isSeen),
      }
    },
  )
}
