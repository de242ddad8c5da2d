import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { lockForOwner, lockForWork } from '../../access/changing.ts'
import { isPublic } from '../../access/declaration.ts'
import { requirePasswordPolicy } from '../../access/password-policy.ts'
import { hashToken } from '../../access/token.ts'
import { isInvitable } from '../../accounts/invite.ts'
import { isStillTheirs, makerOf } from '../../accounts/still-theirs.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { lockUser } from '../../db/lock-user.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { invalidField } from '../../http/errors.ts'
import { PasswordText } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { endSessionsOf } from '../../sessions/end-session.ts'

const Body = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 100 }),
    password: PasswordText,
  },
  { additionalProperties: false },
)

/** An invited person, or one who is left without a way in, sets a password with the one-time token of the invitation link. */
export const acceptInvitation: Operation = (app, { prisma, passwords }) => {
  app.post(
    '/auth/accept-invitation',
    {
      config: { access: isPublic, countsAsSignIn: true },
      schema: {
        operationId: 'acceptInvitation',
        summary: 'Set a password with an invitation',
        tags: ['sign-in'],
        body: Body,
        response: {
          204: Type.Null({ description: 'The password is set; sign in' }),
        },
      },
    },
    async (request, reply) => {
      const { token, password } = request.body
      const where = { token_hash: hashToken(token) }
      const found = await prisma.invitation.findUnique({ where, select: { user: true } })
      if (!found) throw notInForce()
      await requirePasswordPolicy(prisma, 'password', password, found.user)
      const password_hash = await passwords.hash(password)

      await prisma.$transaction((tx) => accept(tx, request, where, password_hash))
      return reply.code(204).send(null)
    },
  )
}

async function accept(
  tx: Transaction,
  request: FastifyRequest,
  where: Prisma.InvitationWhereUniqueInput,
  password_hash: string,
): Promise<void> {
  const invitation = await tx.invitation.findUniqueOrThrow({ where })
  const { user_id } = invitation
  const maker = makerOf(invitation)
  if (maker) await lockForWork(tx, [user_id], maker)
  else await lockForOwner(tx, [user_id], user_id)
  const locked = await lockUser(tx, user_id)
  if (!locked || !(await isInvitable(tx, locked))) throw notInForce()
  const { id, status, now, credentials_valid_from } = locked
  if (!(await isStillTheirs(tx, invitation))) throw notInForce()
  const { count } = await tx.invitation.updateMany({
    where: {
      ...{ id: invitation.id, used_at: null, expires_at: { gt: now } },
      created_at: { gt: credentials_valid_from ?? new Date(0) },
    },
    data: { used_at: now },
  })
  if (count === 0) throw notInForce()
  const data = { password_hash, status: 'active' } as const
  const user = await tx.user.update({ where: { id }, data, include: { tenants: true } })
  const whose = {
    target_type: 'user',
    target_id: id,
    tenant_ids: user.tenants.flatMap(({ tenant_id }) => tenant_id ?? []),
  }
  if (status === 'invited') {
    const joined = { before: { status }, after: { status: 'active' } }
    return recordEvent(tx, request, { action: 'user.joined', ...whose, ...joined }, user)
  }
  // Somebody who was left without a way in: whoever is signed in is so by what they had lost.
  const after = { sessions_ended: await endSessionsOf(tx, id, now, 'password_changed') }
  await recordEvent(tx, request, { action: 'user.password_changed', ...whose, after }, user)
}

const notInForce = () => invalidField('token', 'is not an invitation that is in force')
