import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Id } from '../../http/schemas.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { commonFields, EndDate } from './bodies.ts'
import { lockIdentity } from './lock-event.ts'
import { report } from './report.ts'
import { PersonnelEventRef } from './resource.ts'

const Body = Type.Object(
  { identity_id: Id, ...commonFields, end_date: EndDate },
  { additionalProperties: false },
)

/** Somebody is away: their user loses this tenant from the date to `end_date`, or until the event is canceled. */
export const reportLeaveOfAbsence: Operation = (app, { prisma }) => {
  app.post(
    '/personnel-events/leave-of-absence',
    {
      config: { access: withinReach('personnel_events.create') },
      schema: {
        operationId: 'reportLeaveOfAbsence',
        summary: 'Report that somebody is away for some time',
        tags: ['personnel-events'],
        body: Body,
        response: { 201: PersonnelEventRef, ...errorAnswers(404, 422) },
      },
    },
    async (request, reply) => {
      const { body } = request
      const event = await changing(prisma, request, {}, async (tx) => {
        const { id, tenant_id } = await lockIdentity(tx, body.identity_id, request.reach)
        const reported = { ...body, identity_id: id, tenant_id }
        return once(tx, request, () =>
          report(tx, request, { ...reported, type: 'leave_of_absence' }),
        )
      })
      return reply.code(201).send(event)
    },
  )
}
