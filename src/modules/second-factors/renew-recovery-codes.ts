import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isSession } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { conflict } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import type { Operation } from '../../operation.ts'
import { factorsOf } from '../../second-factors/factors-of.ts'
import { renewRecoveryCodes as renew } from '../../second-factors/recovery-codes.ts'

const Answer = Type.Object({
  recovery_codes: Type.Array(Type.String({ examples: ['9k2f7q-x0c3vb-m4h8tn-2zr5wj'] }), {
    description: 'Each is good for one sign-in. Not shown again',
  }),
})

/** Ten codes to be kept on paper, for when the second factor is lost. Those before are good for nothing then. */
export const renewRecoveryCodes: Operation = (app, { prisma, randomBytes }) => {
  app.post(
    '/me/recovery-codes',
    {
      config: { access: isSession, stepUp: true, changesFactors: true },
      schema: {
        operationId: 'renewRecoveryCodes',
        summary: 'Get ten new recovery codes',
        tags: ['second-factors'],
        response: { 200: Answer, ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      const users = [request.authority.owner.id]
      const recovery_codes = await changing(prisma, request, { users }, async (tx) => {
        const { id: user_id } = request.authority.owner
        const { methods } = await factorsOf(tx, user_id)
        if (methods.length === 0) throw conflict('There is no second factor to go around')
        const codes = await renew(tx, user_id, randomBytes)
        await recordEvent(tx, request, {
          action: 'recovery_codes.renewed',
          target_type: 'user',
          target_id: user_id,
          after: { recovery_codes: codes.length },
        })
        return codes
      })
      reply.header('cache-control', 'no-store')
      return { recovery_codes }
    },
  )
}
