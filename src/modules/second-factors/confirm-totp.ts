import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import type { Sealing } from '../../access/sealing.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { databaseNow } from '../../db/now.ts'
import { conflict, invalidField } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import type { Operation } from '../../operation.ts'
import { TotpCode } from '../../second-factors/proof-schemas.ts'
import { stepOfCode } from '../../second-factors/totp.ts'
import { openTotpSecret } from '../../second-factors/totp-secret.ts'
import { addToSession } from './add-to-session.ts'
import { refuseWhenOff } from './refuse-when-off.ts'

const Body = Type.Object({ code: TotpCode }, { additionalProperties: false })

const waitMinutes = 15

/** Shows that the app has the secret: from now on its codes are a second factor. */
export const confirmTotp: Operation = (app, { prisma, sealing }) => {
  app.post(
    '/me/totp/confirm',
    {
      config: {
        access: isSession,
        stepUp: true,
        changesFactors: true,
        whileEnrolling: true,
        countsAsSignIn: true,
      },
      schema: {
        operationId: 'confirmTotp',
        summary: 'Confirm the secret with a code',
        tags: ['second-factors'],
        body: Body,
        response: {
          204: Type.Null({ description: 'Sign-ins are asked for a code from now on' }),
          ...errorAnswers(409),
        },
      },
    },
    async (request, reply) => {
      const users = [request.authority.owner.id]
      await changing(prisma, request, { users }, async (tx) => {
        await refuseWhenOff(tx)
        await confirm(tx, request, request.body.code, sealing)
      })
      return reply.code(204).send(null)
    },
  )
}

async function confirm(
  tx: Transaction,
  request: FastifyRequest,
  code: string,
  sealing: Sealing,
): Promise<void> {
  const { id: user_id } = request.authority.owner
  const factor = await tx.totpFactor.findUnique({ where: { user_id } })
  const now = await databaseNow(tx)
  const { next_secret, next_since } = factor ?? {}
  const isWaiting = next_since && now.getTime() - next_since.getTime() < waitMinutes * 60_000
  const secret = isWaiting && next_secret ? openTotpSecret(sealing, user_id, next_secret) : null
  if (!next_secret || secret === null) throw conflict('There is no secret that waits for a code')
  const step = stepOfCode(secret, code, now)
  if (step === null) throw invalidField('code', 'is wrong')
  await tx.totpFactor.update({
    where: { user_id },
    data: {
      secret: next_secret,
      confirmed_at: now,
      next_secret: null,
      next_since: null,
      last_step: step,
      failures: 0,
      failed_at: null,
    },
  })
  await addToSession(tx, request, 'totp')
  await recordEvent(tx, request, {
    action: 'totp.confirmed',
    target_type: 'user',
    target_id: user_id,
    after: { replaces_another: factor?.secret !== null },
  })
}
