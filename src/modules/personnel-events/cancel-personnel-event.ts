import type { FastifyRequest } from 'fastify'
import { changing } from '../../access/changing.ts'
import { withinReachOrOwn } from '../../access/declaration.ts'
import { builtIn } from '../../access/permissions.ts'
import { requirePermission } from '../../access/require.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { conflict } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { callerName } from './caller-name.ts'
import { type LockedEvent, lockEventWithin } from './lock-event.ts'
import { takenOf } from './plan.ts'
import { PersonnelEventRef, reporterIdOf, shownEvent, withStages } from './resource.ts'
import { restore } from './run/restore.ts'
import { cancelStages, isWaiting, setStage } from './stages.ts'

type ById = FastifyRequest<{ Params: { id: string } }>

/**
 * Ends an event: before its effect nothing comes of it; a transition or a leave under way is turned back, now.
 * Who may only report withdraws so what they reported themself, until it has been approved.
 */
export const cancelPersonnelEvent: Operation = (app, { prisma }) => {
  app.post(
    '/personnel-events/:id/cancel',
    {
      config: { access: withinReachOrOwn('personnel_events.approve', 'personnel_events.create') },
      schema: {
        operationId: 'cancelPersonnelEvent',
        summary: 'Cancel a personnel event, or end a leave',
        tags: ['personnel-events'],
        params: IdParams,
        response: { 200: PersonnelEventRef, ...errorAnswers(409) },
      },
    },
    async (request) => {
      const { id } = request.params
      const found = await prisma.personnelEvent.findUnique({ where: { id } })
      const user_id = found && takenOf(found).user_id
      return changing(prisma, request, { users: user_id ? [user_id] : [] }, async (tx) => {
        const event = await lockEventWithin(tx, id, request.reach, request.own_reach)
        requireToCancel(request, event)
        if (takenOf(event).user_id !== user_id) {
          throw conflict('The event is being carried out just now; try again')
        }
        await cancel(tx, request, event)
        const row = await tx.personnelEvent.findUniqueOrThrow({
          where: { id },
          include: withStages,
        })
        return shownEvent(tx, row)
      })
    },
  )
}

function requireToCancel({ authority }: ById, event: LockedEvent): void {
  const { owner, credential } = authority
  const caller = credential.kind === 'session' ? owner.id : credential.id
  if (event.status === 'pending' && reporterIdOf(event) === caller) return
  requirePermission(authority, builtIn('personnel_events.approve'), event.tenant)
}

async function cancel(tx: Transaction, request: ById, event: LockedEvent): Promise<void> {
  const { id, tenant_id } = event
  const isUnderWay = ['open', 'snoozed'].includes(event.status) && isWaiting(event, 'restore')
  if (!isUnderWay && !['pending', 'scheduled'].includes(event.status)) {
    throw conflict(
      event.status === 'open' ? 'Its effect is done for good' : `The event is ${event.status}`,
    )
  }
  const failure = isUnderWay ? await turnBack(tx, request, event) : null
  await cancelStages(tx, event, callerName(request))
  const status = failure ? 'failed' : 'canceled'
  await tx.personnelEvent.update({ where: { id }, data: { status, failure } })
  await recordEvent(tx, request, {
    action: `personnel_event.${status}`,
    target_type: 'personnel_event',
    target_id: id,
    tenant_ids: [tenant_id],
    before: { status: event.status },
    after: { status, ...(failure && { failure }) },
  })
}

async function turnBack(tx: Transaction, request: ById, event: LockedEvent) {
  const failure = await restore({
    tx,
    event,
    user_id: takenOf(event).user_id,
    actor_id: request.authority.owner.id,
    record: (audited) => recordEvent(tx, request, audited),
  })
  await setStage(tx, event, 'restore', failure ? 'failed' : 'done', callerName(request))
  return failure
}
