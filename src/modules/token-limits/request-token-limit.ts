import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isAuthenticated } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { brokenConstraint } from '../../db/faults.ts'
import { lockUser } from '../../db/lock-user.ts'
import { systemPrincipalId } from '../../db/reach-filters.ts'
import { conflict, invalidField, unauthorized } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Reason } from '../../http/schemas.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { ownLimitRequestOf, RaisedLimit, TokenLimitRequestRef, withUser } from './resource.ts'

const Body = Type.Object(
  { requested_limit: RaisedLimit, reason: Reason(['One token for each of our four regions']) },
  { additionalProperties: false },
)

/** Asks for more live tokens. It gives nothing: someone who may decides. One at a time can be open. */
export const requestTokenLimit: Operation = (app, { prisma }) => {
  app.post(
    '/me/token-limit-requests',
    {
      config: { access: isAuthenticated },
      schema: {
        operationId: 'requestTokenLimit',
        summary: 'Ask for more tokens than three',
        tags: ['token-limits'],
        body: Body,
        response: { 201: TokenLimitRequestRef, ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      const { authority, body } = request
      const created = await changing(
        prisma,
        request,
        { users: [authority.owner.id] },
        async (tx) => {
          const owner = await lockUser(tx, authority.owner.id)
          if (!owner) throw unauthorized('owner deleted')
          if (owner.id === systemPrincipalId) throw conflict('System tokens have no limit')
          return once(tx, request, async () => {
            if (body.requested_limit <= owner.token_limit) {
              throw invalidField(
                'requested_limit',
                `must be more than the ${owner.token_limit} that you have`,
              )
            }
            const row = await tx.tokenLimitRequest.create({
              data: { ...body, user_id: owner.id, created_at: owner.now },
              include: withUser(owner.now),
            })
            await recordEvent(tx, request, {
              action: 'token_limit.requested',
              target_type: 'user',
              target_id: owner.id,
              before: { token_limit: owner.token_limit },
              after: { request_id: row.id, ...body },
            })
            return ownLimitRequestOf(row, owner.now, authority)
          })
        },
      ).catch((error) => {
        if (brokenConstraint(error) !== 'token_limit_requests_pending_key') throw error
        throw conflict('Your last request is not decided yet')
      })
      return reply.code(201).send(created)
    },
  )
}
