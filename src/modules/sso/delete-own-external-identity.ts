import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { conflict, notFound } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

/** Unlinks an identity. Who signed in by it is signed out; who could sign in by nothing else, keeps it. */
export const deleteOwnExternalIdentity: Operation = (app, { prisma }) => {
  app.delete(
    '/me/external-identities/:id',
    {
      config: { access: isSession },
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
        await requireOtherWay(tx, owner.id, id)
        await tx.externalIdentity.delete({ where: { id } })
        const { identity_provider_id, issuer, subject } = identity
        const { count: sessions_ended } = await tx.session.updateMany({
          where: { user_id: owner.id, identity_provider_id, ended_at: null },
          data: { ended_at: read_at, ended_reason: 'external_identity_unlinked' },
        })
        await recordEvent(tx, request, {
          action: 'external_identity.unlinked',
          target_type: 'user',
          target_id: owner.id,
          before: { external_identity_id: id, identity_provider_id, issuer, subject },
          after: { sessions_ended },
        })
      })
      return reply.code(204).send(null)
    },
  )
}

async function requireOtherWay(tx: Transaction, user_id: string, id: string): Promise<void> {
  const { password_hash } = await tx.user.findUniqueOrThrow({ where: { id: user_id } })
  if (password_hash !== null) return
  const enabled = { identity_provider: { is_enabled: true } }
  const others = await tx.externalIdentity.count({
    where: { user_id, id: { not: id }, ...enabled },
  })
  if (others > 0) return
  throw conflict('This is the only way by which you can sign in; set a password first')
}
