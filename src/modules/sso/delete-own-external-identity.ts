import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { notFound } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { requireWayIn } from '../../sessions/require-way-in.ts'
import { unlink } from '../../sso/unlink.ts'

/** Unlinks an identity. Who signed in by it is signed out; who could sign in by nothing else, keeps it. */
export const deleteOwnExternalIdentity: Operation = (app, { prisma }) => {
  app.delete(
    '/me/external-identities/:id',
    {
      config: { access: isSession, stepUp: true, changesFactors: true },
      schema: {
        operationId: 'deleteOwnExternalIdentity',
        summary: 'Unlink one of your identities',
        description: 'Ends your sessions that came from it.',
        tags: ['sign-in'],
        params: IdParams,
        response: { 204: Type.Null({ description: 'Unlinked' }), ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const users = [request.authority.owner.id]
      await changing(prisma, request, { users }, async (tx) => {
        const { owner, read_at } = request.authority
        const where = { id, user_id: owner.id }
        const identity = await tx.externalIdentity.findFirst({ where })
        if (!identity) throw notFound()
        const unlinked = await unlink(tx, identity, read_at)
        await requireWayIn(tx, owner.id)
        await recordEvent(tx, request, unlinked)
      })
      return reply.code(204).send(null)
    },
  )
}
