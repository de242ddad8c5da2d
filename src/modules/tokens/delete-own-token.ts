import { Type } from 'typebox'
import { isSession } from '../../access/declaration.ts'
import { isUuid } from '../../access/scope.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { lockUser } from '../../db/lock-user.ts'
import { notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

/** Ends one of one's own tokens: when this has answered, no request that starts is let in by it. */
export const deleteOwnToken: Operation = (app, { prisma }) => {
  app.delete(
    '/me/tokens/:id',
    {
      config: { access: isSession },
      schema: {
        operationId: 'deleteOwnToken',
        summary: 'Delete one of your personal access tokens',
        tags: ['tokens'],
        params: IdParams,
        response: { 204: Type.Null({ description: 'The token is dead' }) },
      },
    },
    async (request, reply) => {
      const { authority, params } = request
      await prisma.$transaction(async (tx) => {
        const owner = await lockUser(tx, authority.owner.id)
        const where = {
          id: params.id,
          owner_id: authority.owner.id,
          revoked_at: null,
        }
        const token = await tx.token.findFirst({
          where,
          select: { id: true, name: true, tenants: true },
        })
        if (!token || !owner) throw notFound()
        const revoked = {
          revoked_by: owner.id,
          revoked_reason: 'deleted by its owner',
        }
        await tx.token.update({
          where: { id: token.id },
          data: { ...revoked, revoked_at: owner.now },
        })
        await recordEvent(tx, request, {
          action: 'token.revoked',
          target_type: 'token',
          target_id: token.id,
          tenant_ids: token.tenants.filter(isUuid),
          before: { name: token.name },
          after: revoked,
        })
      })
      return reply.code(204).send(null)
    },
  )
}
