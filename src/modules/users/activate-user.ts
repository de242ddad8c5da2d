import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { changeStatus } from '../../accounts/change-status.ts'
import { UserRef } from '../../accounts/resource.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

/** Undoes a deactivation. A person who never set a password is invited again, as before. */
export const activateUser: Operation = (app, { prisma }) => {
  app.post(
    '/users/:id/activate',
    {
      config: { access: withinReach('users.deactivate') },
      schema: {
        operationId: 'activateUser',
        summary: 'Activate a deactivated user',
        tags: ['users'],
        params: IdParams,
        response: { 200: UserRef },
      },
    },
    (request) =>
      changing(prisma, request, { users: [request.params.id] }, (tx) =>
        changeStatus(tx, request, 'user.activated', 'users.deactivate', async ({ id, status }) => {
          if (status !== 'deactivated') return status
          const mayNotSignIn = {
            id,
            is_service_account: false,
            password_hash: null,
          }
          return (await tx.user.count({ where: mayNotSignIn })) > 0 ? 'invited' : 'active'
        }),
      ),
  )
}
