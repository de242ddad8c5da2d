import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { notFound } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { requireWayIn } from '../../sessions/require-way-in.ts'
import { afterLoss } from './after-loss.ts'

/** Forgets one's own passkey: it signs nobody in any more. */
export const deletePasskey: Operation = (app, { prisma }) => {
  app.delete(
    '/me/passkeys/:id',
    {
      config: { access: isSession, stepUp: true, changesFactors: true },
      schema: {
        operationId: 'deletePasskey',
        summary: 'Delete a passkey',
        tags: ['second-factors'],
        params: IdParams,
        response: {
          204: Type.Null({ description: 'It signs nobody in any more' }),
          ...errorAnswers(409),
        },
      },
    },
    async (request, reply) => {
      const { params } = request
      const users = [request.authority.owner.id]
      await changing(prisma, request, { users }, async (tx) => {
        const { id: user_id } = request.authority.owner
        const passkey = await tx.passkey.findFirst({ where: { id: params.id, user_id } })
        if (!passkey) throw notFound()
        await tx.passkey.delete({ where: { id: passkey.id } })
        await requireWayIn(tx, user_id)
        const after = await afterLoss(tx, user_id)
        await recordEvent(tx, request, {
          action: 'passkey.deleted',
          target_type: 'passkey',
          target_id: passkey.id,
          before: { name: passkey.name },
          after,
        })
      })
      return reply.code(204).send(null)
    },
  )
}
