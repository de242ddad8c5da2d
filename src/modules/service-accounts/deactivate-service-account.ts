import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { changeStatus } from '../../accounts/change-status.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { lockServiceAccount } from './lock-account.ts'
import { ServiceAccountRef, serviceAccountOf, withPeople } from './resource.ts'

/** Stops every token of a service account at once, until it is activated. */
export const deactivateServiceAccount: Operation = (app, { prisma }) => {
  app.post(
    '/service-accounts/:id/deactivate',
    {
      config: { access: withinReach('service_accounts.write') },
      schema: {
        operationId: 'deactivateServiceAccount',
        summary: 'Deactivate a service account',
        tags: ['service-accounts'],
        params: IdParams,
        response: { 200: ServiceAccountRef },
      },
    },
    async (request) =>
      changing(prisma, request, { users: [request.params.id] }, async (tx) => {
        const { id } = await lockServiceAccount(tx, request.params.id, request.reach)
        await changeStatus(
          tx,
          request,
          'user.deactivated',
          'service_accounts.write',
          async () => 'deactivated',
        )
        const include = withPeople(request.reach)
        return serviceAccountOf(
          await tx.user.findUniqueOrThrow({ where: { id }, include }),
          request.authority.read_at,
        )
      }),
  )
}
