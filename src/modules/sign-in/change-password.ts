import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { isSession } from '../../access/declaration.ts'
import { requirePasswordPolicy } from '../../access/password-policy.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { lockUser } from '../../db/lock-user.ts'
import { AppError, invalidField, unauthorized } from '../../http/errors.ts'
import { ipOf } from '../../http/ip.ts'
import { PasswordText } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { endSessionsOf } from '../../sessions/end-session.ts'

const Body = Type.Object(
  {
    current_password: PasswordText,
    new_password: { ...PasswordText, examples: ['wrong zebra charger paperclip'] },
  },
  { additionalProperties: false },
)

/**
 * Changes one's own password and ends all other sessions: whoever knew the old one is out. Tokens stay:
 * they were never made of the password, and scripts must not break by it.
 */
export const changePassword: Operation = (app, { prisma, passwords, signInTries }) => {
  app.post(
    '/me/password',
    {
      config: { access: isSession, stepUp: true, countsAsSignIn: true },
      schema: {
        operationId: 'changePassword',
        summary: 'Change your password',
        description: 'Ends your other sessions. A wrong current password answers 403.',
        tags: ['sign-in'],
        body: Body,
        response: { 204: Type.Null({ description: 'Changed; your other sessions have ended' }) },
      },
    },
    async (request, reply) => {
      const { authority, body } = request
      await requirePasswordPolicy(prisma, 'new_password', body.new_password, authority.owner)
      if (body.new_password === body.current_password) {
        throw invalidField('new_password', 'must differ from current_password')
      }
      const { id, email } = authority.owner
      const { password_hash: old } = await prisma.user.findUniqueOrThrow({
        where: { id },
        select: { password_hash: true },
      })
      await signInTries.guarded(email ?? id, ipOf(request), async () => {
        if (!(await passwords.verify(body.current_password, old))) throw wrongPassword()
      })
      const next = await passwords.hash(body.new_password)
      await prisma.$transaction((tx) => change(tx, request, old, next))
      return reply.code(204).send(null)
    },
  )
}

async function change(tx: Transaction, request: FastifyRequest, old: string | null, next: string) {
  const { owner, credential } = request.authority
  const locked = await lockUser(tx, owner.id)
  // While the passwords were computed, another change may have ended this session.
  if (locked?.status !== 'active') throw unauthorized('owner not active')
  const { count: alive } = await tx.session.updateMany({
    where: { id: credential.id, ended_at: null },
    data: { last_used_at: locked.now },
  })
  if (alive === 0) throw unauthorized('ended meanwhile')
  const { count } = await tx.user.updateMany({
    where: { id: owner.id, password_hash: old },
    data: { password_hash: next },
  })
  if (count === 0) throw wrongPassword()
  const sessions_ended = await endSessionsOf(
    tx,
    owner.id,
    locked.now,
    'password_changed',
    credential.id,
  )
  const scope = await tx.tenantScope.findMany({ where: { user_id: owner.id } })
  await recordEvent(tx, request, {
    action: 'user.password_changed',
    target_type: 'user',
    target_id: owner.id,
    tenant_ids: scope.flatMap(({ tenant_id }) => tenant_id ?? []),
    after: { sessions_ended },
  })
}

/**
 * Who doesn't know the password has not shown to be the person: that is a 403, for the body was in order
 * (no 400) and the session goes on (no 401, at which clients sign out).
 */
function wrongPassword(): AppError {
  return new AppError('reauthentication_required', 'The current password is wrong', {
    errors: [{ field: 'current_password', message: 'is wrong' }],
  })
}
