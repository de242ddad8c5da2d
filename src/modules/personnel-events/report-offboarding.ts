import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Id } from '../../http/schemas.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { commonFields } from './bodies.ts'
import { lockIdentity } from './lock-event.ts'
import { report } from './report.ts'
import { PersonnelEventRef } from './resource.ts'

const Body = Type.Object({ identity_id: Id, ...commonFields }, { additionalProperties: false })

/** Somebody leaves: at the date their user loses this tenant, with all grants in it. */
export const reportOffboarding: Operation = (app, { prisma }) => {
  app.post(
    '/personnel-events/offboard',
    {
      config: { access: withinReach('personnel_events.create') },
      schema: {
        operationId: 'reportOffboarding',
        summary: 'Report that somebody leaves',
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
        return once(tx, request, () => report(tx, request, { ...reported, type: 'offboard' }))
      })
      return reply.code(201).send(event)
    },
  )
}
