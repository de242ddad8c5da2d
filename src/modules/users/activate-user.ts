import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { changeStatus } from '../../accounts/change-status.ts'
import { UserRef } from '../../accounts/resource.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

/** Undoes a deactivation. A person who never had a way to sign in is invited again, as before. */
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
            last_sign_in_at: null,
            password_hash: null,
            external_identities: { none: {} },
            passkeys: { none: {} },
          }
          return (await tx.user.count({ where: mayNotSignIn })) > 0 ? 'invited' : 'active'
        }),
      ),
  )
}
