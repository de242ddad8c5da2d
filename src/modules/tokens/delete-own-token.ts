import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { lockUser } from '../../db/lock-user.ts'
import { notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { endToken } from './end-token.ts'

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
      const { params } = request
      await changing(prisma, request, { users: [request.authority.owner.id] }, async (tx) => {
        const { authority } = request
        const owner = await lockUser(tx, authority.owner.id)
        const where = {
          id: params.id,
          owner_id: authority.owner.id,
          revoked_at: null,
        }
        const token = await tx.token.findFirst({
          where,
          select: { id: true, name: true, owner_id: true, tenants: true },
        })
        if (!token || !owner) throw notFound()
        await endToken(tx, request, token, owner.now, 'deleted by its owner')
      })
      return reply.code(204).send(null)
    },
  )
}
