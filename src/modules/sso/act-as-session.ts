import type { FastifyRequest } from 'fastify'
import { sessionNow } from '../../access/changing.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { lockUser } from '../../db/lock-user.ts'
import { SsoRefused } from '../../sso/sso-refused.ts'

/**
 * Who comes back acts as the person whose session began this, if that is still in force; answers who that is. The
 * person is locked, and the cookie of the browser has shown that it is theirs.
 */
export async function actAsSession(
  tx: Transaction,
  request: FastifyRequest,
  session_id: string,
): Promise<{ user_id: string; identity_provider_id: string | null }> {
  const session = await tx.session.findUniqueOrThrow({ where: { id: session_id } })
  const locked = await lockUser(tx, session.user_id)
  const authority = await sessionNow(tx, session_id)
  if (!locked || !authority) throw new SsoRefused('signed out meanwhile')
  request.optionalAuthority = authority
  return session
}
