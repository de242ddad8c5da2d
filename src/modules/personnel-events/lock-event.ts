import type { Reach } from '../../access/reach.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { ofTenantsWithin } from '../../db/reach-filters.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { AppError, notFound } from '../../http/errors.ts'
import { planOf } from './plan.ts'
import { withStages } from './resource.ts'

const facts = { select: { id: true, type: true, status: true } } as const

export const withAll = { ...withStages, tenant: facts } satisfies Prisma.PersonnelEventInclude

/** An event that is about to be moved on: its row is locked, and its identity's before it. */
export type LockedEvent = Prisma.PersonnelEventGetPayload<{ include: typeof withAll }>

/** Locks an event, or answers null where there is none. Two that move it on take turns here. */
export async function lockEvent(tx: Transaction, id: string): Promise<LockedEvent | null> {
  const found = await tx.personnelEvent.findUnique({ where: { id }, select: { identity_id: true } })
  if (!found) return null
  if (found.identity_id) await lockRow(tx, found.identity_id)
  await tx.$executeRaw`SELECT 1 FROM personnel_events WHERE id = ${id}::uuid FOR UPDATE`
  return tx.personnelEvent.findUniqueOrThrow({ where: { id }, include: withAll })
}

/** As lockEvent, for one that lies within one of these reaches; else 404. */
export async function lockEventWithin(
  tx: Transaction,
  id: string,
  ...reaches: Reach[]
): Promise<LockedEvent> {
  const where = { AND: [{ id }, { OR: reaches.map(ofTenantsWithin) }] }
  const event = (await tx.personnelEvent.count({ where })) > 0 ? await lockEvent(tx, id) : null
  if (!event) throw notFound()
  return event
}

/** An identity that something is reported of: locked, so that no other event of it is made meanwhile. */
export async function lockIdentity(tx: Transaction, id: string, reach: Reach) {
  const where = { AND: [{ id }, ofTenantsWithin(reach)] }
  if ((await tx.identity.count({ where })) === 0) {
    const errors = [{ field: 'identity_id', message: 'names no identity' }]
    throw new AppError('not_found', 'There is no such identity', { errors })
  }
  await lockRow(tx, id)
  return tx.identity.findUniqueOrThrow({ where: { id }, include: { tenant: facts } })
}

async function lockRow(tx: Transaction, identityId: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM identities WHERE id = ${identityId}::uuid FOR NO KEY UPDATE`
}

/** The user of the identity's e-mail address, wherever they are; of one that is still to be made, the same. */
export async function userConcerned(
  tx: Pick<Transaction, 'user'>,
  event: Pick<LockedEvent, 'identity' | 'plan'>,
): Promise<string | null> {
  const email = event.identity?.email ?? planOf(event).identity?.email ?? null
  if (email === null) return null
  const where = { email, deleted_at: null, is_service_account: false }
  return (await tx.user.findFirst({ where, select: { id: true } }))?.id ?? null
}
