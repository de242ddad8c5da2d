import { Type } from 'typebox'
import { isPublic } from '../../access/declaration.ts'
import { requirePasswordPolicy } from '../../access/password-policy.ts'
import { hashToken } from '../../access/token.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { lockUser } from '../../db/lock-user.ts'
import { invalidField } from '../../http/errors.ts'
import { PasswordText } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

const Body = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 100 }),
    password: PasswordText,
  },
  { additionalProperties: false },
)

/** An invited person sets the first password, with the one-time token of the invitation link. */
export const acceptInvitation: Operation = (app, { prisma, passwords }) => {
  app.post(
    '/auth/accept-invitation',
    {
      config: { access: isPublic, countsAsSignIn: true },
      schema: {
        operationId: 'acceptInvitation',
        summary: 'Set the first password with an invitation',
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

      await prisma.$transaction(async (tx) => {
        const invitation = await tx.invitation.findUniqueOrThrow({ where })
        const locked = await lockUser(tx, invitation.user_id)
        const { count } = await tx.invitation.updateMany({
          where: {
            id: invitation.id,
            used_at: null,
            expires_at: { gt: locked?.now ?? new Date() },
            created_at: { gt: locked?.credentials_valid_from ?? new Date(0) },
          },
          data: { used_at: locked?.now ?? null },
        })
        if (locked?.status !== 'invited' || locked.is_service_account || count === 0) {
          throw notInForce()
        }
        const user = await tx.user.findUniqueOrThrow({ where: { id: locked.id } })
        await tx.user.update({
          where: { id: user.id },
          data: { password_hash, status: 'active' },
        })
        const scope = await tx.tenantScope.findMany({ where: { user_id: user.id } })
        const event = {
          action: 'user.joined',
          target_type: 'user',
          target_id: user.id,
          tenant_ids: scope.flatMap(({ tenant_id }) => tenant_id ?? []),
          before: { status: 'invited' },
          after: { status: 'active' },
        }
        await recordEvent(tx, request, event, user)
      })
      return reply.code(204).send(null)
    },
  )
}

const notInForce = () => invalidField('token', 'is not an invitation that is in force')
