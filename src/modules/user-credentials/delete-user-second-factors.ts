import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReachInSession } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { endSessionsOf } from '../../sessions/end-session.ts'
import { hasWayIn } from '../../sessions/require-way-in.ts'
import { count, HasWayIn } from './answer-fields.ts'
import { lockForFactors } from './lock-for-factors.ts'

const FactorsReset = Type.Object({
  totp_deleted: count('Apps that make codes'),
  passkeys_deleted: count('Passkeys'),
  recovery_codes_deleted: count('Used or not'),
  sessions_ended: count('How many were in force'),
  has_way_in: HasWayIn,
})

/**
 * For who has lost their telephone, or whose factors are somebody else’s: all go at once, since what is left of them
 * would tell nobody which is whose. One’s own are deleted one by one, each by who has shown one.
 */
export const deleteUserSecondFactors: Operation = (app, { prisma }) => {
  app.delete(
    '/users/:id/second-factors',
    {
      config: { access: withinReachInSession('users.update'), stepUp: true },
      schema: {
        operationId: 'deleteUserSecondFactors',
        summary: 'Reset the second factors of a user',
        description:
          'Their app, passkeys and recovery codes. Ends their sessions; identities at providers stay, and so do tokens.',
        tags: ['users'],
        params: IdParams,
        response: { 200: FactorsReset, ...errorAnswers(409) },
      },
    },
    async (request) => {
      const { id: user_id } = request.params
      return changing(prisma, request, { users: [user_id] }, async (tx) => {
        const target = await lockForFactors(tx, request, user_id)
        const where = { user_id }
        const deleted = {
          totp_deleted: (await tx.totpFactor.deleteMany({ where })).count,
          passkeys_deleted: (await tx.passkey.deleteMany({ where })).count,
          recovery_codes_deleted: (await tx.recoveryCode.deleteMany({ where })).count,
        }
        await tx.signInChallenge.deleteMany({ where })
        const reason = 'second_factors_reset'
        const sessions_ended = await endSessionsOf(tx, user_id, target.now, reason)
        const after = { ...deleted, sessions_ended }
        if (Object.values(after).some((of) => of > 0)) {
          await recordEvent(tx, request, {
            action: 'user.second_factors_reset',
            target_type: 'user',
            target_id: user_id,
            tenant_ids: target.tenant_ids,
            after,
          })
        }
        return { ...after, has_way_in: await hasWayIn(tx, user_id) }
      })
    },
  )
}
