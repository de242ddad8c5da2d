import { Type } from 'typebox'
import { isSession } from '../../access/declaration.ts'
import { nullable, Timestamp } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { PasskeyRef } from './resource.ts'

const Answer = Type.Object({
  policy: Type.Enum(['off', 'optional', 'required'], { description: 'The setting second_factor' }),
  totp: nullable(Type.Object({ confirmed_at: Timestamp })),
  passkeys: Type.Array(PasskeyRef),
  recovery_codes_left: Type.Integer({ examples: [10] }),
})

/** One's own factors, and what the platform asks for. */
export const getOwnSecondFactors: Operation = (app, { prisma }) => {
  app.get(
    '/me/second-factors',
    {
      config: { access: isSession, whileEnrolling: true },
      schema: {
        operationId: 'getOwnSecondFactors',
        summary: 'See your second factors',
        tags: ['second-factors'],
        response: { 200: Answer },
      },
    },
    async ({ authority }) => {
      const user_id = authority.owner.id
      const [{ second_factor }, totp, passkeys, recovery_codes_left] = await Promise.all([
        prisma.settings.findUniqueOrThrow({ where: { id: 1 } }),
        prisma.totpFactor.findUnique({ where: { user_id }, select: { confirmed_at: true } }),
        prisma.passkey.findMany({ where: { user_id }, orderBy: { id: 'asc' } }),
        prisma.recoveryCode.count({ where: { user_id, used_at: null } }),
      ])
      const { confirmed_at = null } = totp ?? {}
      return {
        policy: second_factor,
        totp: confirmed_at && { confirmed_at },
        passkeys,
        recovery_codes_left,
      }
    },
  )
}
