import type { FastifyRequest } from 'fastify'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { conflict, invalidField, unprocessable } from '../../http/errors.ts'
import { callerName } from './caller-name.ts'
import { type EventType, stagesOf, unfinished } from './event-fields.ts'
import { noPlan, type Plan } from './plan.ts'
import { shownEvent, withStages } from './resource.ts'

type Reported = {
  type: EventType
  tenant_id: string
  /** Null for somebody who is not on the books yet. */
  identity_id: string | null
  effective_date: string
  end_date?: string | undefined
  comment?: string | undefined
  plan?: Partial<Plan>
}

/** Makes an event that waits for its approval. What the caller may is checked before; the identity is locked. Within `once`. */
export async function report(tx: Transaction, request: FastifyRequest, reported: Reported) {
  await requirePresent(tx, reported)
  await requireDates(tx, reported)
  await refuseOverlap(tx, reported)
  const { type, tenant_id, identity_id, effective_date, end_date, comment = null } = reported
  const { owner, credential } = request.authority
  const plan = { ...noPlan, ...reported.plan }
  const names = stagesOf(type, end_date !== undefined)
  const event = await tx.personnelEvent.create({
    data: {
      type,
      tenant_id,
      identity_id,
      effective_date: new Date(effective_date),
      end_date: end_date === undefined ? null : new Date(end_date),
      comment,
      plan,
      reporter_id: owner.id,
      reporter_name: callerName(request),
      reporter_credential_kind: credential.kind,
      reporter_credential_id: credential.id,
      stages: { create: names.map((name, position) => ({ name, position })) },
    },
    include: withStages,
  })
  await recordEvent(tx, request, {
    action: 'personnel_event.created',
    target_type: 'personnel_event',
    target_id: event.id,
    tenant_ids: [tenant_id],
    after: { type, identity_id, effective_date, end_date: end_date ?? null, comment, ...plan },
  })
  return shownEvent(tx, event)
}

async function requirePresent(tx: Transaction, { identity_id: id }: Reported): Promise<void> {
  if (id === null) return
  const where = { id, status: 'removed' as const }
  if ((await tx.identity.count({ where })) === 0) return
  throw unprocessable('identity_id', 'names somebody who has left')
}

/** Days are those of UTC, and today is the database's. Only who joins may have done so before. */
async function requireDates(
  tx: Transaction,
  { type, effective_date, end_date }: Reported,
): Promise<void> {
  const [{ today }] = await tx.$queryRaw<[{ today: string }]>`
    SELECT (now() AT TIME ZONE 'UTC')::date::text AS today`
  if (type !== 'onboard' && effective_date < today) {
    throw invalidField('effective_date', `must not be in the past; today is ${today}, in UTC`)
  }
  if (end_date !== undefined && end_date <= effective_date) {
    throw invalidField('end_date', 'must be after effective_date')
  }
}

/**
 * One event of an identity at a time, or one would give back what another has taken. An offboarding may
 * always be reported beside another kind, which it ends; and nothing new may be once one is.
 */
async function refuseOverlap(tx: Transaction, { type, identity_id }: Reported): Promise<void> {
  if (identity_id === null) return
  const other = await tx.personnelEvent.findFirst({
    where: {
      identity_id,
      status: { in: unfinished },
      type: type === 'offboard' ? 'offboard' : { not: 'onboard' },
    },
    select: { number: true, type: true },
  })
  if (!other) return
  const what = other.type.replaceAll('_', ' ')
  throw conflict(`Personnel event ${other.number} (${what}) has not ended yet`, 'identity_id')
}
