import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { isPublic } from '../../access/declaration.ts'
import { requirePasswordPolicy } from '../../access/password-policy.ts'
import { hashToken } from '../../access/token.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { lockUser } from '../../db/lock-user.ts'
import { invalidField } from '../../http/errors.ts'
import { PasswordText } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { endSessionsOf } from '../../sessions/end-session.ts'

const Body = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 100 }),
    new_password: { ...PasswordText, examples: ['wrong zebra charger paperclip'] },
  },
  { additionalProperties: false },
)

/**
 * Sets a new password with the one-time token of a mail, and ends all sessions: whoever knew the old one is
 * out. It signs nobody in, so that a second factor is asked for as ever; tokens stay, as with a change.
 */
export const confirmPasswordReset: Operation = (app, { prisma, passwords }) => {
  app.post(
    '/auth/password-reset/confirm',
    {
      config: { access: isPublic, countsAsSignIn: true },
      schema: {
        operationId: 'confirmPasswordReset',
        summary: 'Set a new password with the token of a mail',
        tags: ['sign-in'],
        body: Body,
        response: { 204: Type.Null({ description: 'Set, and all sessions have ended; sign in' }) },
      },
    },
    async (request, reply) => {
      const { token, new_password } = request.body
      const where = { token_hash: hashToken(token) }
      const reset = await prisma.passwordReset.findUnique({ where, include: { user: true } })
      if (!reset) throw notInForce()
      await requirePasswordPolicy(prisma, 'new_password', new_password, reset.user)
      const password_hash = await passwords.hash(new_password)
      await prisma.$transaction((tx) => confirm(tx, request, reset, password_hash))
      return reply.code(204).send(null)
    },
  )
}

async function confirm(
  tx: Transaction,
  request: FastifyRequest,
  { id, user_id }: { id: string; user_id: string },
  password_hash: string,
): Promise<void> {
  const locked = await lockUser(tx, user_id)
  if (locked?.status !== 'active' || locked.is_service_account) throw notInForce()
  const { now, credentials_valid_from } = locked
  const { count } = await tx.passwordReset.updateMany({
    where: {
      ...{ id, used_at: null, expires_at: { gt: now } },
      created_at: { gt: credentials_valid_from ?? new Date(0) },
    },
    data: { used_at: now },
  })
  if (count === 0) throw notInForce()
  // With the password the links of other mails end, too (a trigger).
  const { count: changed } = await tx.user.updateMany({
    where: { id: user_id, password_hash: { not: null } },
    data: { password_hash },
  })
  if (changed === 0) throw notInForce()
  const sessions_ended = await endSessionsOf(tx, user_id, now, 'password_reset')
  const user = await tx.user.findUniqueOrThrow({
    where: { id: user_id },
    include: { tenants: true },
  })
  const event = {
    action: 'user.password_reset',
    target_type: 'user',
    target_id: user_id,
    tenant_ids: user.tenants.flatMap(({ tenant_id }) => tenant_id ?? []),
    after: { sessions_ended },
  }
  await recordEvent(tx, request, event, user)
}

const notInForce = () => invalidField('token', 'is not one that is in force')
