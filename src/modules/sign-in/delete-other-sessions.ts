import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import type { Operation } from '../../operation.ts'
import { endSessionsOf } from '../../sessions/end-session.ts'
import { SessionsEnded } from '../../sessions/resource.ts'

/** Ends all of one's own sessions but this one. */
export const deleteOtherSessions: Operation = (app, { prisma }) => {
  app.delete(
    '/me/sessions',
    {
      config: { access: isSession },
      schema: {
        operationId: 'deleteOtherSessions',
        summary: 'End your other sessions',
        tags: ['sign-in'],
        response: { 200: SessionsEnded },
      },
    },
    async (request) => {
      const users = [request.authority.owner.id]
      return changing(prisma, request, { users }, async (tx) => {
        const { owner, credential, read_at } = request.authority
        const reason = 'ended_by_user'
        const sessions_ended = await endSessionsOf(tx, owner.id, read_at, reason, credential.id)
        if (sessions_ended > 0) {
          await recordEvent(tx, request, {
            action: 'user.sessions_ended',
            target_type: 'user',
            target_id: owner.id,
            after: { sessions_ended, ended_reason: reason },
          })
        }
        return { sessions_ended }
      })
    },
  )
}
