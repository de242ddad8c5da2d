import { Type } from 'typebox'
import { withinReachInSession } from '../../access/declaration.ts'
import { builtIn } from '../../access/permissions.ts'
import { readAccount } from '../../accounts/lock-target.ts'
import { requireOverUser } from '../../accounts/require-over-account.ts'
import { IdParams, nullable, Timestamp } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { hasWayIn } from '../../sessions/require-way-in.ts'
import { HasWayIn } from './answer-fields.ts'

const count = (description: string) => Type.Integer({ description, examples: [1] })

const Answer = Type.Object({
  totp: nullable(Type.Object({ confirmed_at: Timestamp })),
  passkeys: count('How many there are'),
  recovery_codes_left: count('How many are still good for a sign-in'),
  has_way_in: HasWayIn,
})

/**
 * What a person could show besides their password. It tells which accounts a password alone opens: so it is
 * shown, as their sessions are, to those who may end them, and to nobody else.
 */
export const getUserSecondFactors: Operation = (app, { prisma }) => {
  app.get(
    '/users/:id/second-factors',
    {
      config: { access: withinReachInSession('users.update') },
      schema: {
        operationId: 'getUserSecondFactors',
        summary: 'See which second factors a user has',
        tags: ['users'],
        params: IdParams,
        response: { 200: Answer },
      },
    },
    async ({ authority, params, reach }) => {
      const account = await readAccount(prisma, params.id, reach)
      const catalogue = await prisma.permission.findMany({ select: { name: true, scope: true } })
      requireOverUser(authority, builtIn('users.update'), account, catalogue)
      const where = { user_id: params.id }
      const [totp, passkeys, recovery_codes_left, has_way_in] = await Promise.all([
        prisma.totpFactor.findUnique({ where, select: { confirmed_at: true } }),
        prisma.passkey.count({ where }),
        prisma.recoveryCode.count({ where: { ...where, used_at: null } }),
        hasWayIn(prisma, params.id),
      ])
      const { confirmed_at = null } = totp ?? {}
      return { totp: confirmed_at && { confirmed_at }, passkeys, recovery_codes_left, has_way_in }
    },
  )
}
