import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { conflict } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { callerName } from './caller-name.ts'
import { lockEventWithin } from './lock-event.ts'
import { PersonnelEventRef, shownEvent, withStages } from './resource.ts'
import { setStage } from './stages.ts'

/** Lets an event have its effect: at its date, or now where that has come. */
export const approvePersonnelEvent: Operation = (app, { prisma, jobs }) => {
  app.post(
    '/personnel-events/:id/approve',
    {
      config: { access: withinReach('personnel_events.approve') },
      schema: {
        operationId: 'approvePersonnelEvent',
        summary: 'Approve a personnel event',
        tags: ['personnel-events'],
        params: IdParams,
        response: { 200: PersonnelEventRef, ...errorAnswers(409) },
      },
    },
    async (request) =>
      changing(prisma, request, {}, async (tx) => {
        const event = await lockEventWithin(tx, request.params.id, request.reach)
        const { id, tenant_id, effective_date: startAfter } = event
        if (event.status !== 'pending') throw conflict(`The event is ${event.status} already`)
        await setStage(tx, event, 'approve', 'done', callerName(request))
        await recordEvent(tx, request, {
          action: 'personnel_event.approved',
          target_type: 'personnel_event',
          target_id: id,
          tenant_ids: [tenant_id],
          before: { status: 'pending' },
          after: { status: 'scheduled' },
        })
        await jobs.send(tx, 'carry_out_personnel_event', { event_id: id }, { key: id, startAfter })
        const row = await tx.personnelEvent.update({
          where: { id },
          data: { status: 'scheduled' },
          include: withStages,
        })
        return shownEvent(tx, row)
      }),
  )
}
