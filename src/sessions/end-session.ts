import type { FastifyRequest } from 'fastify'
import { recordEvent, type Transaction } from '../audit/record-event.ts'
import { databaseNow } from '../db/now.ts'

/** Ends a session, if it has not ended, with its event. Says whether it did. */
export async function endSession(
  tx: Transaction,
  request: FastifyRequest,
  session: { id: string; user: { id: string; name: string } },
  reason: 'signed_out' | 'refresh_replayed' | 'ended_by_user',
): Promise<boolean> {
  const { count } = await tx.session.updateMany({
    where: { id: session.id, ended_at: null },
    data: { ended_at: await databaseNow(tx), ended_reason: reason },
  })
  if (count === 0) return false
  const after = { ended_reason: reason }
  const event = {
    action: 'session.ended',
    target_type: 'session',
    target_id: session.id,
    after,
  }
  await recordEvent(tx, request, event, session.user)
  return true
}

/** Ends all sessions of a person but one, for whose event this answers with their number. */
export async function endOtherSessions(
  tx: Transaction,
  userId: string,
  keptId: string,
  now: Date,
): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { user_id: userId, id: { not: keptId }, ended_at: null },
    data: { ended_at: now, ended_reason: 'password_changed' },
  })
  return count
}
