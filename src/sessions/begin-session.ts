import type { FastifyRequest } from 'fastify'
import { recordEvent, type Transaction } from '../audit/record-event.ts'
import { lockUser } from '../db/lock-user.ts'
import { AppError } from '../http/errors.ts'
import { ipOf } from '../http/ip.ts'
import type { AuthMethod } from './auth-methods.ts'
import { after } from './lifetimes.ts'

export type SignedIn = {
  user_id: string
  /** How the person was shown to be who they say, in the order in which it happened. */
  auth_methods: readonly AuthMethod[]
  /** Who vouched for the person; only for `sso`. */
  identity_provider_id?: string | null
  /** When that was; left out: now. Null: who vouched for them doesn't say, so it is not fresh. */
  authenticated_at?: Date | null
}

export type Begun = { id: string; user_id: string; expires_at: Date }

/**
 * The one way in: whatever signs a person in ends here, in the transaction that found them to be who they
 * say. The user is locked, so nobody is deactivated between this look and the session that follows; who is
 * not active, or no person, gets the answer of a wrong password.
 */
export async function beginSession(
  tx: Transaction,
  request: FastifyRequest,
  { user_id, auth_methods, identity_provider_id = null, authenticated_at }: SignedIn,
): Promise<Begun> {
  const locked = await lockUser(tx, user_id)
  if (locked?.status !== 'active' || locked.is_service_account) throw signInRefused()
  const { now } = locked
  const ip = ipOf(request)
  const settings = await tx.settings.findUniqueOrThrow({ where: { id: 1 } })
  const { id, expires_at } = await tx.session.create({
    data: {
      user_id,
      created_at: now,
      last_used_at: now,
      authenticated_at: notAfter(now, authenticated_at),
      auth_methods: [...auth_methods],
      identity_provider_id,
      expires_at: after(now, settings.session_lifetime_minutes),
      idle_expires_at: after(now, settings.session_idle_minutes),
      ip,
      last_used_ip: ip,
      user_agent: request.headers['user-agent']?.slice(0, 400) ?? null,
    },
  })
  const data = { last_sign_in_at: now }
  const user = await tx.user.update({
    where: { id: user_id },
    data,
    select: { id: true, name: true },
  })
  const event = {
    action: 'session.created',
    target_type: 'session',
    target_id: id,
    after: { auth_methods: [...auth_methods], identity_provider_id },
  }
  await recordEvent(tx, request, event, user)
  return { id, user_id, expires_at }
}

/** A provider's clock may be ahead of ours. */
const notAfter = (now: Date, at: Date | null | undefined): Date | null =>
  at === null || (at && at < now) ? at : now

/** The one answer to a sign-in that failed, whatever it failed of. */
export function signInRefused(): AppError {
  return new AppError('unauthorized', 'The e-mail address or the password is wrong', {
    reason: 'sign-in refused',
    headers: { 'www-authenticate': 'Bearer realm="postern"' },
  })
}
