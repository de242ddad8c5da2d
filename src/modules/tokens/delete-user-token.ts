import { Type } from 'typebox'
import type { Authority } from '../../access/authority.ts'
import { changing } from '../../access/changing.ts'
import { type Place, refusingLeg } from '../../access/decide.ts'
import { withinEitherReach } from '../../access/declaration.ts'
import { lacks } from '../../access/held.ts'
import { builtIn } from '../../access/permissions.ts'
import { refusal } from '../../access/require.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { lockUser } from '../../db/lock-user.ts'
import type { Token } from '../../generated/prisma/client.ts'
import { notFound } from '../../http/errors.ts'
import { Query } from '../../http/pagination.ts'
import { Line } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { endToken, refuseOwnTokens } from './end-token.ts'
import { UserTokenParams } from './get-user-token.ts'
import { type SeenTokens, seenTokens } from './seen-tokens.ts'
import { storedPlaces } from './stored-places.ts'

/** Ends someone else's token everywhere, so it takes a say in every tenant that the token stores. */
export const deleteUserToken: Operation = (app, { prisma }) => {
  app.delete(
    '/users/:id/tokens/:token_id',
    {
      config: { access: withinEitherReach('tokens.revoke', 'service_accounts.tokens') },
      schema: {
        operationId: 'deleteUserToken',
        summary: 'Revoke a token of a user',
        description: 'To stop it in one tenant only, block it there.',
        tags: ['tokens'],
        params: UserTokenParams,
        querystring: Query({ reason: Type.Optional(Line(200, ['Found in a public repository'])) }),
        response: { 204: Type.Null({ description: 'The token is dead' }) },
      },
    },
    async (request, reply) => {
      const { params, query } = request
      await changing(prisma, request, { users: [params.id] }, async (tx) => {
        const { authority } = request
        const locked = await lockUser(tx, params.id)
        const { owner, where } = await seenTokens(tx, request, params.id)
        const token = await tx.token.findFirst({
          where: { AND: [where, { id: params.token_id, revoked_at: null }] },
        })
        if (!token || !locked) throw notFound()
        refuseOwnTokens(request, owner.id)
        await requireOverToken(tx, authority, token, owner)
        await endToken(tx, request, token, locked.now, query.reason ?? 'revoked by another')
      })
      return reply.code(204).send(null)
    },
  )
}

async function requireOverToken(
  tx: Transaction,
  authority: Authority,
  token: Token,
  owner: SeenTokens['owner'],
): Promise<void> {
  const revoke = builtIn('tokens.revoke')
  const overAccounts = builtIn('service_accounts.tokens')
  for (const place of await placesOf(tx, token, owner)) {
    if (!lacks(authority, revoke, place)) continue
    if (owner.is_service_account && !lacks(authority, overAccounts, place)) continue
    throw refusal(authority, revoke, place, refusingLeg(authority, revoke, place) ?? 'tenant_block')
  }
}

/** Of a token without tenants: all tenants, or those of the service account, whose operators made it. */
async function placesOf(
  tx: Transaction,
  token: Token,
  owner: SeenTokens['owner'],
): Promise<Place[]> {
  if (token.tenants.length > 0) return storedPlaces(tx, token.tenants)
  if (!owner.is_service_account) return ['any']
  const scope = await tx.tenantScope.findMany({ where: { user_id: owner.id } })
  const entries = scope.map(({ tenant_id, word }) => tenant_id ?? word ?? '')
  return entries.length > 0 ? storedPlaces(tx, entries) : ['any']
}
