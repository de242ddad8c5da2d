import { withinReach } from '../../access/declaration.ts'
import { ofTenantsWithin } from '../../db/reach-filters.ts'
import { notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { ApplicationRef, applicationOf, withGroups } from './resource.ts'

export const getApplication: Operation = (app, { prisma }) => {
  app.get(
    '/applications/:id',
    {
      config: { access: withinReach('applications.read') },
      schema: {
        operationId: 'getApplication',
        summary: 'See an application',
        tags: ['applications'],
        params: IdParams,
        response: { 200: ApplicationRef },
      },
    },
    async ({ authority, params, reach }) => {
      const row = await prisma.application.findFirst({
        where: { AND: [{ id: params.id }, ofTenantsWithin(reach)] },
        include: withGroups,
      })
      if (!row) throw notFound()
      return applicationOf(row, authority)
    },
  )
}
