import { isPublic } from '../../access/declaration.ts'
import type { Operation } from '../../operation.ts'
import { newChallenge } from '../../second-factors/challenges.ts'
import { PasskeyOptions } from '../../second-factors/passkey-schemas.ts'
import { authenticationOptions } from '../../second-factors/passkeys.ts'
import { relyingPartyOf } from '../../second-factors/relying-party.ts'

/** The challenge for a sign-in with a passkey alone. It names nobody: the passkey says who comes. */
export const getPasskeyOptions: Operation = (app, { prisma, randomBytes, publicUrl }) => {
  app.post(
    '/auth/passkey/options',
    {
      config: { access: isPublic, countsAsSignIn: true },
      schema: {
        operationId: 'getPasskeyOptions',
        summary: 'Get a challenge to sign in with a passkey',
        tags: ['sign-in'],
        response: { 200: PasskeyOptions },
      },
    },
    async (_request, reply) => {
      const challenge = await prisma.$transaction((tx) =>
        newChallenge(tx, { purpose: 'passkey' }, { randomBytes }),
      )
      reply.header('cache-control', 'no-store')
      return authenticationOptions(relyingPartyOf(publicUrl), [], challenge)
    },
  )
}
