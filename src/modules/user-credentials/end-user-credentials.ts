import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReachInSession } from '../../access/declaration.ts'
import { endCredentials } from '../../accounts/end-credentials.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { IdParams, Timestamp } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { lockOverUser } from './lock-over-user.ts'

const count = (description: string) => Type.Integer({ description, examples: [1] })

const CredentialsEnded = Type.Object({
  credentials_valid_from: { ...Timestamp, description: 'What was made then or before has ended' },
  sessions_ended: count('How many were in force'),
  tokens_revoked: count('How many were in force'),
  invitations_ended: count('Links by which the person could still have set a first password'),
})

/**
 * Ends everything that was ever given to a user to come in with: for a stolen laptop, or a person who may
 * have been somebody else. The account, its rights and its password stay.
 */
export const endUserCredentials: Operation = (app, { prisma }) => {
  app.post(
    '/users/:id/end-credentials',
    {
      config: { access: withinReachInSession('users.deactivate') },
      schema: {
        operationId: 'endUserCredentials',
        summary: 'End all sessions and tokens of a user',
        description:
          'For good: tokens are revoked. The password stays, and so does whatever the user holds; who must not come back is deactivated.',
        tags: ['users'],
        params: IdParams,
        response: { 200: CredentialsEnded },
      },
    },
    async (request) => {
      const { id } = request.params
      return changing(prisma, request, { users: [id] }, async (tx) => {
        const target = await lockOverUser(tx, request, id, 'users.deactivate')
        const before = await tx.user.findUniqueOrThrow({
          where: { id },
          select: { credentials_valid_from: true },
        })
        const revoked_by = request.authority.owner.id
        const ended = await endCredentials(tx, { user_id: id, now: target.now, revoked_by })
        const at = (moment: Date | null) => moment?.toISOString() ?? null
        await recordEvent(tx, request, {
          action: 'user.credentials_ended',
          target_type: 'user',
          target_id: id,
          tenant_ids: target.tenant_ids,
          before: { credentials_valid_from: at(before.credentials_valid_from) },
          after: { ...ended, credentials_valid_from: at(ended.credentials_valid_from) },
        })
        return ended
      })
    },
  )
}
