import { Type } from 'typebox'
import { withinReach } from '../../access/declaration.ts'
import { ofTenantsWithin } from '../../db/reach-filters.ts'
import { orderBy, Page, pageFields, pageOf, Query, sortField } from '../../http/pagination.ts'
import { Id } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { eventStatuses, eventTypes } from './event-fields.ts'
import { PersonnelEventRef, shownEvents, withStages } from './resource.ts'

const QueryFields = Query({
  ...pageFields,
  ...sortField(['created_at', 'effective_date'], '-created_at'),
  tenant_id: Type.Optional(Id),
  identity_id: Type.Optional(Id),
  type: Type.Optional(Type.Enum([...eventTypes])),
  status: Type.Optional(Type.Enum([...eventStatuses])),
})

/** The personnel events of the tenants where the caller holds `personnel_events.read`, newest first. */
export const listPersonnelEvents: Operation = (app, { prisma }) => {
  app.get(
    '/personnel-events',
    {
      config: { access: withinReach('personnel_events.read') },
      schema: {
        operationId: 'listPersonnelEvents',
        summary: 'List personnel events',
        tags: ['personnel-events'],
        querystring: QueryFields,
        response: { 200: Page(PersonnelEventRef) },
      },
    },
    async ({ reach, query }) => {
      const { tenant_id, identity_id, type, status } = query
      const where = {
        AND: [
          ofTenantsWithin(reach),
          tenant_id ? { tenant_id } : {},
          identity_id ? { identity_id } : {},
          type ? { type } : {},
          status ? { status } : {},
        ],
      }
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.personnelEvent.count({ where }),
        (slice, found) =>
          prisma.personnelEvent.findMany({
            where: { AND: [where, found] },
            include: withStages,
            ...slice,
          }),
        () => prisma.personnelEvent.findMany({ where, select: { id: true } }),
      )
      return { data: await shownEvents(prisma, rows), ...page }
    },
  )
}
