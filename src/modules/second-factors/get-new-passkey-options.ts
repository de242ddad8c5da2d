import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { errorAnswers } from '../../http/openapi.ts'
import type { Operation } from '../../operation.ts'
import { newChallenge } from '../../second-factors/challenges.ts'
import { PasskeyOptions } from '../../second-factors/passkey-schemas.ts'
import { registrationOptions } from '../../second-factors/passkeys.ts'
import { relyingPartyOf } from '../../second-factors/relying-party.ts'
import { refuseWhenOff } from './refuse-when-off.ts'

/** What a browser needs to make a passkey for this person, whom no other session can register it for. */
export const getNewPasskeyOptions: Operation = (app, { prisma, randomBytes, publicUrl }) => {
  app.post(
    '/me/passkeys/options',
    {
      config: { access: isSession, stepUp: true, changesFactors: true, whileEnrolling: true },
      schema: {
        operationId: 'getNewPasskeyOptions',
        summary: 'Get a challenge to make a passkey',
        tags: ['second-factors'],
        response: { 200: PasskeyOptions, ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return changing(prisma, request, {}, async (tx) => {
        await refuseWhenOff(tx)
        const { owner, credential } = request.authority
        const known = await tx.passkey.findMany({ where: { user_id: owner.id } })
        const asked = {
          purpose: 'registration',
          user_id: owner.id,
          session_id: credential.id,
        } as const
        const challenge = await newChallenge(tx, asked, { randomBytes })
        return registrationOptions(relyingPartyOf(publicUrl), owner, known, challenge)
      })
    },
  )
}
