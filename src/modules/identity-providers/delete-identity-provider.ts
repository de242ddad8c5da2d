import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { onPlatformInSession } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Query } from '../../http/pagination.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { requireWayIn } from '../../sessions/require-way-in.ts'
import { comesBy, EndOfSignInRef, effectOf, endSignIns } from './effect.ts'
import { lockProvider } from './lock-provider.ts'
import { toldOf } from './resource.ts'

const QueryFields = Query({
  dry_run: Type.Boolean({ default: false, description: 'Only tell whom it concerns' }),
})

/** Deletes a provider with all that it knew of people: one with the same issuer begins without them. */
export const deleteIdentityProvider: Operation = (app, { prisma }) => {
  app.delete(
    '/identity-providers/:id',
    {
      config: { access: onPlatformInSession('settings.write'), stepUp: true },
      schema: {
        operationId: 'deleteIdentityProvider',
        summary: 'Delete an identity provider',
        description:
          'Ends every session that came from it at once. The tokens of its people go on.',
        tags: ['identity-providers'],
        params: IdParams,
        querystring: QueryFields,
        response: {
          200: EndOfSignInRef,
          204: Type.Null({ description: 'Deleted' }),
          ...errorAnswers(409),
        },
      },
    },
    async (request, reply) => {
      const { params, query } = request
      const effect = await changing(prisma, request, { everybody: true }, async (tx) => {
        const provider = await lockProvider(tx, params.id)
        const { id } = provider
        const effect = await effectOf(tx, id)
        if (query.dry_run) return effect
        const { read_at, owner } = request.authority
        const isOwn = await comesBy(tx, id, owner.id)
        await endSignIns(tx, id, read_at)
        await tx.externalIdentity.deleteMany({ where: { identity_provider_id: id } })
        if (isOwn) await requireWayIn(tx, owner.id)
        await tx.identityProviderGrant.deleteMany({ where: { identity_provider_id: id } })
        await tx.identityProvider.update({
          where: { id },
          data: { deleted_at: read_at, client_secret: null, is_enabled: false, jit_enabled: false },
        })
        await recordEvent(tx, request, {
          action: 'identity_provider.deleted',
          target_type: 'identity_provider',
          target_id: id,
          before: toldOf(provider),
          after: effect,
        })
        return null
      })
      return effect ? reply.send(effect) : reply.code(204).send(null)
    },
  )
}
