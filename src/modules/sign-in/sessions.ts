import type { FastifyRequest } from 'fastify'
import { hashToken } from '../../access/token.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { databaseNow } from '../../db/now.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import { ipOf } from '../../http/ip.ts'
import type { Tools } from '../../operation.ts'

/** Starts a session of this person, by the settings of now, within the transaction that found the person to be who they say. */
export async function startSession(
  tx: Transaction,
  request: FastifyRequest,
  user: { id: string; name: string },
  now: Date,
): Promise<{ id: string; expires_at: Date }> {
  const settings = await tx.settings.findUniqueOrThrow({ where: { id: 1 } })
  const session = await tx.session.create({
    data: {
      user_id: user.id,
      created_at: now,
      last_used_at: now,
      expires_at: after(now, settings.session_lifetime_minutes),
      idle_expires_at: after(now, settings.session_idle_minutes),
      ip: ipOf(request),
      user_agent: request.headers['user-agent']?.slice(0, 400) ?? null,
    },
  })
  await tx.user.update({
    where: { id: user.id },
    data: { last_sign_in_at: now },
  })
  const event = {
    action: 'session.created',
    target_type: 'session',
    target_id: session.id,
  }
  await recordEvent(tx, request, event, user)
  return session
}

/** A new refresh token of the session; only its hash is kept. */
export async function addRefreshToken(
  tx: Transaction,
  session: { id: string },
  { randomBytes }: Pick<Tools, 'randomBytes'>,
): Promise<string> {
  const token = Buffer.from(randomBytes(32)).toString('base64url')
  await tx.refreshToken.create({
    data: { session_id: session.id, token_hash: hashToken(token) },
  })
  return token
}

/** The sessions of a person that are in force; `now` is the database's clock. */
export function liveSessions(userId: string, now: Date) {
  return {
    user_id: userId,
    ended_at: null,
    expires_at: { gt: now },
    idle_expires_at: { gt: now },
  } satisfies Prisma.SessionWhereInput
}

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

export function after(start: Date, minutes: number): Date {
  return new Date(start.getTime() + minutes * 60_000)
}
