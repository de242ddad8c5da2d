import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { builtIn } from '../../access/permissions.ts'
import { lockTarget } from '../../accounts/lock-target.ts'
import { requireOverUser } from '../../accounts/require-over-account.ts'
import { UserName, UserRef, userOf, withTenants } from '../../accounts/resource.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

const Body = Type.Object({ name: UserName }, { additionalProperties: false })

/** Renames a user. The e-mail address stays: who could change it could take the account over by a reset. */
export const updateUser: Operation = (app, { prisma }) => {
  app.patch(
    '/users/:id',
    {
      config: { access: withinReach('users.update') },
      schema: {
        operationId: 'updateUser',
        summary: 'Rename a user',
        tags: ['users'],
        params: IdParams,
        body: Body,
        response: { 200: UserRef },
      },
    },
    async (request) => {
      const { params, body } = request
      return changing(prisma, request, { users: [params.id] }, async (tx) => {
        const { authority, reach } = request
        const target = await lockTarget(tx, params.id, reach)
        const catalogue = await tx.permission.findMany({ select: { name: true, scope: true } })
        requireOverUser(authority, builtIn('users.update'), target, catalogue)
        const before = await tx.user.findUniqueOrThrow({ where: { id: target.id } })
        const user = await tx.user.update({
          where: { id: target.id },
          data: body,
          include: withTenants(reach),
        })
        if (before.name !== user.name) {
          await recordEvent(tx, request, {
            action: 'user.updated',
            target_type: 'user',
            target_id: user.id,
            tenant_ids: target.tenant_ids,
            before: { name: before.name },
            after: { name: user.name },
          })
        }
        return userOf(user, target.now)
      })
    },
  )
}
