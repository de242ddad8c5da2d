import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { databaseNow } from '../../db/now.ts'
import { errorAnswers } from '../../http/openapi.ts'
import type { Operation } from '../../operation.ts'
import { newTotpSecret, shownTotp } from '../../second-factors/totp.ts'
import { sealTotpSecret } from '../../second-factors/totp-secret.ts'
import { refuseWhenOff } from './refuse-when-off.ts'

const Answer = Type.Object({
  secret: Type.String({
    description: 'Base 32, to be typed. Not shown again',
    examples: ['JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'],
  }),
  otpauth_url: Type.String({
    description: 'The same, to be shown as a QR code',
    examples: [
      'otpauth://totp/Postern:ada%40example.com?issuer=Postern&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    ],
  }),
})

/**
 * A new secret for an app that makes codes. It counts for nothing until a code has confirmed it, and then takes
 * the place of the one before: a new phone never leaves anybody without a factor in between.
 */
export const enrolTotp: Operation = (app, { prisma, randomBytes, sealing }) => {
  app.post(
    '/me/totp',
    {
      config: { access: isSession, stepUp: true, changesFactors: true, whileEnrolling: true },
      schema: {
        operationId: 'enrolTotp',
        summary: 'Get a secret for an app that makes codes',
        description: 'Confirm it with a code within 15 minutes.',
        tags: ['second-factors'],
        response: { 200: Answer, ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      const users = [request.authority.owner.id]
      const shown = await changing(prisma, request, { users }, async (tx) => {
        await refuseWhenOff(tx)
        const { id: user_id, email, name } = request.authority.owner
        const secret = newTotpSecret(randomBytes)
        const next_secret = sealTotpSecret(sealing, user_id, secret)
        const next = { next_secret, next_since: await databaseNow(tx) }
        await tx.totpFactor.upsert({
          where: { user_id },
          create: { user_id, ...next },
          update: next,
        })
        await recordEvent(tx, request, {
          action: 'totp.created',
          target_type: 'user',
          target_id: user_id,
        })
        return shownTotp(secret, email ?? name)
      })
      reply.header('cache-control', 'no-store')
      return shown
    },
  )
}
