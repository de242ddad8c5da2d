import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReachInSession } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { notFound } from '../../http/errors.ts'
import { Id } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { liveSessions } from '../../sessions/lifetimes.ts'
import { lockOverUser } from './lock-over-user.ts'

/** Ends one session of a person, with its access and refresh tokens. */
export const deleteUserSession: Operation = (app, { prisma }) => {
  app.delete(
    '/users/:id/sessions/:session_id',
    {
      config: { access: withinReachInSession('users.update') },
      schema: {
        operationId: 'deleteUserSession',
        summary: 'End a session of a user',
        tags: ['users'],
        params: Type.Object({ id: Id, session_id: Id }),
        response: { 204: Type.Null({ description: 'The session has ended' }) },
      },
    },
    async (request, reply) => {
      const { id, session_id } = request.params
      await changing(prisma, request, { users: [id] }, async (tx) => {
        const target = await lockOverUser(tx, request, id, 'users.update')
        const ended_reason = 'ended_by_administrator'
        const { count } = await tx.session.updateMany({
          where: { AND: [{ id: session_id }, liveSessions(target.id, target.now)] },
          data: { ended_at: target.now, ended_reason },
        })
        if (count === 0) throw notFound()
        await recordEvent(tx, request, {
          action: 'session.ended',
          target_type: 'session',
          target_id: session_id,
          tenant_ids: target.tenant_ids,
          after: { user_id: target.id, ended_reason },
        })
      })
      return reply.code(204).send(null)
    },
  )
}
