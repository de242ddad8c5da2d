import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { onPlatform } from '../../access/declaration.ts'
import { lockUser } from '../../db/lock-user.ts'
import { systemPrincipalId } from '../../db/reach-filters.ts'
import { notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { endToken, refuseOwnTokens } from './end-token.ts'

/** Ends a system token: when this has answered, no request that starts is let in by it. */
export const deleteSystemToken: Operation = (app, { prisma }) => {
  app.delete(
    '/system/tokens/:id',
    {
      config: { access: onPlatform('system_tokens.manage'), stepUp: true },
      schema: {
        operationId: 'deleteSystemToken',
        summary: 'Delete a system token',
        tags: ['system-tokens'],
        params: IdParams,
        response: { 204: Type.Null({ description: 'The token is dead' }) },
      },
    },
    async (request, reply) => {
      await changing(prisma, request, { users: [systemPrincipalId] }, async (tx) => {
        const owner = await lockUser(tx, systemPrincipalId)
        const token = await tx.token.findFirst({
          where: { id: request.params.id, owner_id: systemPrincipalId, revoked_at: null },
        })
        if (!token || !owner) throw notFound()
        refuseOwnTokens(request, owner.id)
        await endToken(tx, request, token, owner.now, 'deleted by an administrator')
      })
      return reply.code(204).send(null)
    },
  )
}
