import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { notFound } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import type { Operation } from '../../operation.ts'
import { afterLoss } from './after-loss.ts'

/** Takes the codes of an app away as a second factor, and a secret that waits to be confirmed with them. */
export const deleteTotp: Operation = (app, { prisma }) => {
  app.delete(
    '/me/totp',
    {
      config: { access: isSession, stepUp: true, changesFactors: true },
      schema: {
        operationId: 'deleteTotp',
        summary: 'Do without an app that makes codes',
        tags: ['second-factors'],
        response: {
          204: Type.Null({ description: 'Its codes count for nothing any more' }),
          ...errorAnswers(404, 409),
        },
      },
    },
    async (request, reply) => {
      const users = [request.authority.owner.id]
      await changing(prisma, request, { users }, async (tx) => {
        const { id: user_id } = request.authority.owner
        const { count } = await tx.totpFactor.deleteMany({ where: { user_id } })
        if (count === 0) throw notFound()
        const after = await afterLoss(tx, user_id)
        await recordEvent(tx, request, {
          action: 'totp.deleted',
          target_type: 'user',
          target_id: user_id,
          after,
        })
      })
      return reply.code(204).send(null)
    },
  )
}
