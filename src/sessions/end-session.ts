import type { FastifyRequest } from 'fastify'
import { recordEvent, type Transaction } from '../audit/record-event.ts'
import { databaseNow } from '../db/now.ts'
import { after, inForceAt } from './lifetimes.ts'

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

/** Longer than any refresh takes. */
const refreshMinutesMax = 1

/** Of a person, from a provider, or both. */
type Whose =
  | { user_id: string; identity_provider_id?: string; id?: { not: string } }
  | { identity_provider_id: string }

/** Ends those of these sessions that are in force; answers how many, for the caller's event. */
export async function endSessions(
  tx: Transaction,
  whose: Whose,
  now: Date,
  ended_reason: string,
): Promise<number> {
  // A refresh that began before a session was idle for too long may be about to lengthen it.
  const lately = after(now, -refreshMinutesMax)
  const { count } = await tx.session.updateMany({
    where: { ...whose, ...inForceAt(now), idle_expires_at: { gt: lately } },
    data: { ended_at: now, ended_reason },
  })
  return count
}

/** Those of a person, but for `except`. */
export async function endSessionsOf(
  tx: Transaction,
  user_id: string,
  now: Date,
  ended_reason: string,
  except: string | null = null,
): Promise<number> {
  const others = except === null ? {} : { id: { not: except } }
  return endSessions(tx, { user_id, ...others }, now, ended_reason)
}
