import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { onPlatform } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { lastInstant } from '../../db/instants.ts'
import { invalidField } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams, nullable, Reason } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { lockPending, requesterOf } from './lock-pending.ts'
import { limitRequestOf, RaisedLimit, TokenLimitRequestRef, withUser } from './resource.ts'

const Body = Type.Object(
  {
    granted_limit: Type.Optional(RaisedLimit),
    granted_until: Type.Optional(
      nullable(
        Type.String({
          format: 'date-time',
          maxLength: 40,
          description: 'From then on the limit is three again; null or left out: for good',
          examples: ['2027-06-30T00:00:00.000Z'],
        }),
      ),
    ),
    reason: Type.Optional(Reason(['Until the regions are merged'])),
  },
  { additionalProperties: false },
)

/**
 * Raises a user's limit to what was asked for, or to another. A lower one than they have is possible too,
 * and ends no token: they only make no new ones above it.
 */
export const approveTokenLimitRequest: Operation = (app, { prisma }) => {
  app.post(
    '/token-limit-requests/:id/approve',
    {
      config: { access: onPlatform('token_limits.approve'), stepUp: true },
      schema: {
        operationId: 'approveTokenLimitRequest',
        summary: 'Approve a request for more tokens',
        tags: ['token-limits'],
        params: IdParams,
        body: Body,
        response: { 200: TokenLimitRequestRef, ...errorAnswers(409) },
      },
      // Nothing in the body is needed, so none is needed either.
      preValidation: async (request) => {
        request.body ??= {}
      },
    },
    async (request) => {
      const { params, body } = request
      const users = [await requesterOf(prisma, params.id)]
      return changing(prisma, request, { users }, async (tx) => {
        const { authority } = request
        const { asked, user } = await lockPending(tx, params.id)
        const granted = {
          granted_limit: body.granted_limit ?? asked.requested_limit,
          granted_until: endOf(body.granted_until ?? null, user.now),
        }
        await tx.user.update({
          where: { id: user.id },
          data: { token_limit: granted.granted_limit, token_limit_until: granted.granted_until },
        })
        const decision_reason = body.reason ?? null
        await recordEvent(tx, request, {
          action: 'token_limit.approved',
          target_type: 'user',
          target_id: user.id,
          before: {
            token_limit: user.token_limit,
            token_limit_until: user.token_limit_until?.toISOString() ?? null,
          },
          after: {
            request_id: asked.id,
            token_limit: granted.granted_limit,
            token_limit_until: granted.granted_until?.toISOString() ?? null,
            decision_reason,
          },
        })
        const row = await tx.tokenLimitRequest.update({
          where: { id: asked.id },
          data: {
            ...granted,
            status: 'approved',
            decided_at: user.now,
            decided_by: authority.owner.id,
            decision_reason,
          },
          include: withUser(user.now),
        })
        return limitRequestOf(row, user.now)
      })
    },
  )
}

function endOf(text: string | null, now: Date): Date | null {
  if (text === null) return null
  const instant = new Date(text)
  if (instant > now && instant <= lastInstant) return instant
  throw invalidField('granted_until', 'must be an instant in the future')
}
