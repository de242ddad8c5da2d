import type { FastifyRequest } from 'fastify'
import { recordEvent, type Transaction } from '../audit/record-event.ts'
import { databaseNow } from '../db/now.ts'
import { liveSessions } from './lifetimes.ts'

type Reason = 'signed_out' | 'refresh_replayed' | 'ended_by_user'

/** Ends a session of the person who acts, if it has not ended, with its event. Says whether it did. */
export async function endSession(
  tx: Transaction,
  request: FastifyRequest,
  session: { id: string; user: { id: string; name: string } },
  reason: Reason,
): Promise<boolean> {
  const { count } = await tx.session.updateMany({
    where: { id: session.id, ended_at: null },
    data: { ended_at: await databaseNow(tx), ended_reason: reason },
  })
  if (count === 0) return false
  const event = {
    action: 'session.ended',
    target_type: 'session',
    target_id: session.id,
    after: { ended_reason: reason },
  }
  await recordEvent(tx, request, event, session.user)
  return true
}

/** Ends those sessions of a person that are in force, but for `except`; answers how many, for the caller's event. */
export async function endSessionsOf(
  tx: Transaction,
  user_id: string,
  now: Date,
  ended_reason: string,
  except: string | null = null,
): Promise<number> {
  const others = except === null ? {} : { id: { not: except } }
  const { count } = await tx.session.updateMany({
    where: { ...liveSessions(user_id, now), ...others },
    data: { ended_at: now, ended_reason },
  })
  return count
}
