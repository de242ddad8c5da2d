import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { isPublic } from '../../access/declaration.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { lockUser } from '../../db/lock-user.ts'
import { AppError } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import type { Operation, Tools } from '../../operation.ts'
import { answerChallenge } from '../../second-factors/challenges.ts'
import { AuthenticationResponse } from '../../second-factors/passkey-schemas.ts'
import { challengeOf, takePasskey } from '../../second-factors/passkeys.ts'
import { relyingPartyOf } from '../../second-factors/relying-party.ts'
import { beginSession } from '../../sessions/begin-session.ts'
import { AccessTokenAnswer, handOver } from '../../sessions/hand-over.ts'
import { addRefreshToken } from '../../sessions/refresh-token.ts'

const Body = Type.Object({ passkey: AuthenticationResponse }, { additionalProperties: false })

/**
 * Signs a person in with a passkey and nothing else: something they have, unlocked by something they know or
 * are, so that no second factor is due.
 */
export const signInWithPasskey: Operation = (app, tools) => {
  const { prisma, accessTokens } = tools
  app.post(
    '/auth/passkey',
    {
      config: { access: isPublic, countsAsSignIn: true },
      schema: {
        operationId: 'signInWithPasskey',
        summary: 'Sign in with a passkey',
        tags: ['sign-in'],
        body: Body,
        response: { 200: AccessTokenAnswer, ...errorAnswers(401) },
      },
    },
    async (request, reply) => {
      const { passkey } = request.body
      const begun = await prisma.$transaction((tx) => begin(tx, request, passkey, tools))
      if (begun === null) throw refused()
      return handOver(accessTokens, reply, begun.session, begun.refreshToken)
    },
  )
}

/** Null: refused. Not thrown, since wrong answers have to be counted. */
async function begin(
  tx: Transaction,
  request: FastifyRequest,
  passkey: AuthenticationResponseJSON,
  tools: Tools,
) {
  const known = await tx.passkey.findUnique({
    where: { credential_id: passkey.id },
    select: { user_id: true },
  })
  // Whoever it belongs to is locked first, as everywhere; and a passkey that knows nobody's name is none.
  const locked = known && (await lockUser(tx, known.user_id))
  if (locked?.status !== 'active' || locked.is_service_account) return null
  if (!passkey.response.userHandle) return null
  const challenge = challengeOf(passkey)
  const relyingParty = relyingPartyOf(tools.publicUrl)
  const shown = await answerChallenge(tx, challenge, { purpose: 'passkey' }, async () =>
    (await takePasskey(tx, locked.id, passkey, challenge, relyingParty)) ? locked.id : null,
  )
  if (shown === null) return null
  const session = await beginSession(tx, request, { user_id: shown, auth_methods: ['passkey'] })
  return { session, refreshToken: await addRefreshToken(tx, session, tools) }
}

function refused(): AppError {
  return new AppError('unauthorized', 'This passkey does not sign anybody in here', {
    reason: 'passkey refused',
    headers: { 'www-authenticate': 'Bearer realm="postern"' },
  })
}
