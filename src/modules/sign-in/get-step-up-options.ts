import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { stepUpMethods } from '../../access/sign-in.ts'
import { nullable } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { newChallenge } from '../../second-factors/challenges.ts'
import { PasskeyOptions } from '../../second-factors/passkey-schemas.ts'
import { authenticationOptions } from '../../second-factors/passkeys.ts'
import { relyingPartyOf } from '../../second-factors/relying-party.ts'

const Answer = Type.Object({
  methods: Type.Array(Type.Enum(['passkey', 'totp', 'password', 'sso']), {
    description: 'With `sso`, POST /auth/step-up/sso says where to show it',
  }),
  passkey_options: nullable(PasskeyOptions),
})

/** By what the person of this session can be shown anew to be who they are. */
export const getStepUpOptions: Operation = (app, { prisma, randomBytes, publicUrl }) => {
  app.post(
    '/auth/step-up/options',
    {
      config: { access: isSession, whileEnrolling: true },
      schema: {
        operationId: 'getStepUpOptions',
        summary: 'See how you can show that it is you',
        tags: ['sign-in'],
        response: { 200: Answer },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return changing(prisma, request, {}, async (tx) => {
        const { sign_in, owner, credential } = request.authority
        const methods = sign_in ? stepUpMethods(sign_in) : []
        if (!methods.includes('passkey')) return { methods, passkey_options: null }
        const known = await tx.passkey.findMany({
          where: { user_id: owner.id },
          orderBy: { id: 'asc' },
        })
        const asked = {
          purpose: 'step_up',
          user_id: owner.id,
          session_id: credential.id,
        } as const
        const challenge = await newChallenge(tx, asked, { randomBytes })
        const passkey_options = await authenticationOptions(
          relyingPartyOf(publicUrl),
          known,
          challenge,
        )
        return { methods, passkey_options }
      })
    },
  )
}
