import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { onPlatform } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams, Reason } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { lockPending, requesterOf } from './lock-pending.ts'
import { limitRequestOf, TokenLimitRequestRef, withUser } from './resource.ts'

const Body = Type.Object(
  { reason: Reason(['Use a service account for this']) },
  { additionalProperties: false },
)

/** Leaves the limit as it is, and says why. They may ask again. */
export const denyTokenLimitRequest: Operation = (app, { prisma }) => {
  app.post(
    '/token-limit-requests/:id/deny',
    {
      config: { access: onPlatform('token_limits.approve') },
      schema: {
        operationId: 'denyTokenLimitRequest',
        summary: 'Deny a request for more tokens',
        tags: ['token-limits'],
        params: IdParams,
        body: Body,
        response: { 200: TokenLimitRequestRef, ...errorAnswers(409) },
      },
    },
    async (request) => {
      const { params, body } = request
      const users = [await requesterOf(prisma, params.id)]
      return changing(prisma, request, { users }, async (tx) => {
        const { authority } = request
        const { asked, user } = await lockPending(tx, params.id)
        await recordEvent(tx, request, {
          action: 'token_limit.denied',
          target_type: 'user',
          target_id: user.id,
          after: { request_id: asked.id, decision_reason: body.reason },
        })
        const row = await tx.tokenLimitRequest.update({
          where: { id: asked.id },
          data: {
            status: 'denied',
            decided_at: user.now,
            decided_by: authority.owner.id,
            decision_reason: body.reason,
          },
          include: withUser(user.now),
        })
        return limitRequestOf(row, user.now)
      })
    },
  )
}
