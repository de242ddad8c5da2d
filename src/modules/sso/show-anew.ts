import type { FastifyRequest } from 'fastify'
import type { Transaction } from '../../audit/record-event.ts'
import { renewSignIn } from '../../sessions/renew-sign-in.ts'
import { SsoRefused } from '../../sso/sso-refused.ts'
import type { Vouched } from '../../sso/vouched.ts'
import { actAsSession } from './act-as-session.ts'

/** The provider from which this session came has asked its person anew, and it is the same. */
export async function showAnew(
  tx: Transaction,
  request: FastifyRequest,
  provider: { id: string },
  session_id: string,
  { issuer, subject }: Vouched,
): Promise<null> {
  const { user_id, identity_provider_id } = await actAsSession(tx, request, session_id)
  const where = { issuer, subject, user_id, identity_provider_id: provider.id }
  const isSame = identity_provider_id === provider.id
  if (!isSame || (await tx.externalIdentity.count({ where })) === 0) {
    throw new SsoRefused('somebody else than who is signed in')
  }
  await renewSignIn(tx, request, 'sso')
  return null
}
