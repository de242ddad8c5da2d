import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { isPublic } from '../../access/declaration.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { lockUser } from '../../db/lock-user.ts'
import { AppError } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import type { Operation, Tools } from '../../operation.ts'
import { answerChallenge, userOfChallenge } from '../../second-factors/challenges.ts'
import { proofFields } from '../../second-factors/proof-schemas.ts'
import { proveSecondFactor } from '../../second-factors/prove.ts'
import { Challenge } from '../../second-factors/second-factor-due.ts'
import { beginSession } from '../../sessions/begin-session.ts'
import { AccessTokenAnswer, handOver } from '../../sessions/hand-over.ts'
import { addRefreshToken } from '../../sessions/refresh-token.ts'

/** The challenge, and one thing that answers it. */
const Body = Type.Object(
  { challenge: Challenge, ...proofFields },
  {
    additionalProperties: false,
    minProperties: 2,
    maxProperties: 2,
    examples: [{ challenge: 'Yc2kTnXf3m0m2pYw0xkq1uUuXo2mB9Yf0o2f3G8c1aE', code: '492039' }],
  },
)

/** Ends a sign-in that a password began, with a second factor. */
export const showSecondFactor: Operation = (app, tools) => {
  const { prisma, accessTokens } = tools
  app.post(
    '/auth/second-factor',
    {
      config: { access: isPublic, countsAsSignIn: true },
      schema: {
        operationId: 'showSecondFactor',
        summary: 'Show a second factor, and be signed in',
        description:
          'One of `code`, `recovery_code` and `passkey`. After five wrong ones, or five minutes, sign in anew.',
        tags: ['sign-in'],
        body: Body,
        response: { 200: AccessTokenAnswer, ...errorAnswers(401) },
      },
    },
    async (request, reply) => {
      const begun = await prisma.$transaction((tx) => begin(tx, request, request.body, tools))
      if (begun === null) throw refused()
      return handOver(accessTokens, reply, begun.session, begun.refreshToken)
    },
  )
}

/** Null: refused. Not thrown, since wrong answers have to be counted. */
async function begin(
  tx: Transaction,
  request: FastifyRequest,
  { challenge, ...proof }: Static<typeof Body>,
  tools: Tools,
) {
  const user_id = await userOfChallenge(tx, challenge)
  const locked = user_id === null ? null : await lockUser(tx, user_id)
  if (user_id === null || locked?.status !== 'active') return null
  const asked = { purpose: 'second_factor', user_id } as const
  const shown = await answerChallenge(tx, challenge, asked, () =>
    proveSecondFactor(tx, user_id, proof, challenge, tools),
  )
  if (shown === null) return null
  const auth_methods = ['password', shown] as const
  const session = await beginSession(tx, request, { user_id, auth_methods })
  return { session, refreshToken: await addRefreshToken(tx, session, tools) }
}

function refused(): AppError {
  return new AppError('unauthorized', 'This is wrong, or comes too late', {
    reason: 'second factor refused',
    headers: { 'www-authenticate': 'Bearer realm="postern"' },
  })
}
