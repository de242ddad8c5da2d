import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { changeStatus } from '../../accounts/change-status.ts'
import { refuseLastAdministrator } from '../../accounts/last-administrator.ts'
import { UserRef } from '../../accounts/resource.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

/** Stops every credential of a user at once. What is not revoked works again after an activation. */
export const deactivateUser: Operation = (app, { prisma }) => {
  app.post(
    '/users/:id/deactivate',
    {
      config: { access: withinReach('users.deactivate') },
      schema: {
        operationId: 'deactivateUser',
        summary: 'Deactivate a user',
        tags: ['users'],
        params: IdParams,
        response: { 200: UserRef, ...errorAnswers(409) },
      },
    },
    (request) =>
      changing(prisma, request, { users: [request.params.id] }, (tx) =>
        changeStatus(tx, request, 'user.deactivated', 'users.deactivate', async (target) => {
          await refuseLastAdministrator(tx, target.id, 'role')
          return 'deactivated'
        }),
      ),
  )
}
