import { withinReach } from '../../access/declaration.ts'
import { usersWithin } from '../../db/reach-filters.ts'
import { notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { ServiceAccountRef, serviceAccountOf, withPeople } from './resource.ts'

export const getServiceAccount: Operation = (app, { prisma }) => {
  app.get(
    '/service-accounts/:id',
    {
      config: { access: withinReach('service_accounts.read') },
      schema: {
        operationId: 'getServiceAccount',
        summary: 'See a service account',
        tags: ['service-accounts'],
        params: IdParams,
        response: { 200: ServiceAccountRef },
      },
    },
    async ({ authority, params, reach }) => {
      const account = await prisma.user.findFirst({
        where: { AND: [{ id: params.id, is_service_account: true }, usersWithin(reach)] },
        include: withPeople(reach),
      })
      if (!account) throw notFound()
      return serviceAccountOf(account, authority.read_at)
    },
  )
}
