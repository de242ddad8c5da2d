import { withinReach } from '../../access/declaration.ts'
import { ofTenantsWithin } from '../../db/reach-filters.ts'
import { notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { PersonnelEventRef, shownEvent, withStages } from './resource.ts'

export const getPersonnelEvent: Operation = (app, { prisma }) => {
  app.get(
    '/personnel-events/:id',
    {
      config: { access: withinReach('personnel_events.read') },
      schema: {
        operationId: 'getPersonnelEvent',
        summary: 'See a personnel event and how far it is',
        tags: ['personnel-events'],
        params: IdParams,
        response: { 200: PersonnelEventRef },
      },
    },
    async ({ params, reach }) => {
      const event = await prisma.personnelEvent.findFirst({
        where: { AND: [{ id: params.id }, ofTenantsWithin(reach)] },
        include: withStages,
      })
      if (!event) throw notFound()
      return shownEvent(prisma, event)
    },
  )
}
