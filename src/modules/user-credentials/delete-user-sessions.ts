import { changing } from '../../access/changing.ts'
import { withinReachInSession } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { endSessionsOf } from '../../sessions/end-session.ts'
import { SessionsEnded } from '../../sessions/resource.ts'
import { lockOverUser } from './lock-over-user.ts'

/** Signs a person out everywhere. Tokens stay, and the person may sign in again. */
export const deleteUserSessions: Operation = (app, { prisma }) => {
  app.delete(
    '/users/:id/sessions',
    {
      config: { access: withinReachInSession('users.update') },
      schema: {
        operationId: 'deleteUserSessions',
        summary: 'End all sessions of a user',
        description: 'Tokens stay in force, and the person may sign in again.',
        tags: ['users'],
        params: IdParams,
        response: { 200: SessionsEnded },
      },
    },
    async (request) => {
      const { id } = request.params
      return changing(prisma, request, { users: [id] }, async (tx) => {
        const target = await lockOverUser(tx, request, id, 'users.update')
        const ended_reason = 'ended_by_administrator'
        const sessions_ended = await endSessionsOf(tx, id, target.now, ended_reason)
        if (sessions_ended > 0) {
          await recordEvent(tx, request, {
            action: 'user.sessions_ended',
            target_type: 'user',
            target_id: id,
            tenant_ids: target.tenant_ids,
            after: { sessions_ended, ended_reason },
          })
        }
        return { sessions_ended }
      })
    },
  )
}
