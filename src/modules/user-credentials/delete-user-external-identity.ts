import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReachInSession } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { notFound } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Id } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { unlink } from '../../sso/unlink.ts'
import { lockForFactors } from './lock-for-factors.ts'

const Params = Type.Object({ id: Id, external_identity_id: Id })

/**
 * Unlinks an identity of somebody: whoever is that at the provider comes in no more. Unlike their own, it may be
 * the last way in that they have: it may be a thief's. A new invitation lets them in again.
 */
export const deleteUserExternalIdentity: Operation = (app, { prisma }) => {
  app.delete(
    '/users/:id/external-identities/:external_identity_id',
    {
      config: { access: withinReachInSession('users.update'), stepUp: true },
      schema: {
        operationId: 'deleteUserExternalIdentity',
        summary: 'Unlink an identity of a user',
        description:
          'Ends the sessions that came from it. Who has no other way in gets a new invitation (`POST /users/{id}/invitation`).',
        tags: ['users'],
        params: Params,
        response: {
          204: Type.Null({ description: 'It signs nobody in any more' }),
          ...errorAnswers(409),
        },
      },
    },
    async (request, reply) => {
      const { id: user_id, external_identity_id: id } = request.params
      await changing(prisma, request, { users: [user_id] }, async (tx) => {
        const target = await lockForFactors(tx, request, user_id)
        const identity = await tx.externalIdentity.findFirst({ where: { id, user_id } })
        if (!identity) throw notFound()
        const { tenant_ids, now } = target
        await recordEvent(tx, request, { ...(await unlink(tx, identity, now)), tenant_ids })
      })
      return reply.code(204).send(null)
    },
  )
}
