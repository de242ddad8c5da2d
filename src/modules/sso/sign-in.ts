import type { FastifyRequest } from 'fastify'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import type { Tools } from '../../operation.ts'
import { type Begun, beginSession } from '../../sessions/begin-session.ts'
import { addRefreshToken } from '../../sessions/refresh-token.ts'
import { SsoRefused } from '../../sso/sso-refused.ts'
import type { Details, Vouched } from '../../sso/vouched.ts'
import type { FailureCode } from './failed.ts'
import { createNewcomer, type JitProvider, requireNewcomer } from './new-user.ts'

export type SignedIn = { session: Begun; refreshToken: string }
export type Refused = { code: FailureCode; reason: string }

/**
 * A session for whom the provider vouches: the user with this issuer and subject, or a new one. Nobody's account is
 * found by an e-mail address. `details` are there for whom nobody knew when they were asked for.
 */
export async function signIn(
  tx: Transaction,
  request: FastifyRequest,
  provider: JitProvider,
  vouched: Vouched,
  details: Details | null,
  tools: Pick<Tools, 'randomBytes'>,
): Promise<SignedIn | Refused> {
  const { issuer, subject } = vouched
  const known = await tx.externalIdentity.findUnique({
    where: { issuer_subject: { issuer, subject } },
  })
  if (known && known.identity_provider_id !== provider.id)
    throw new SsoRefused('of another provider')
  if (!known && details === null) throw new SsoRefused('unlinked meanwhile')
  const user_id = known?.user_id ?? (await newcomer(tx, request, provider, vouched, details))
  if (typeof user_id !== 'string') return user_id
  const identity_provider_id = provider.id
  const session = await beginSession(tx, request, {
    ...{ user_id, identity_provider_id },
    auth_methods: ['sso'],
    authenticated_at: vouched.authenticated_at,
  })
  // The person is locked since the session began: who unlinked the identity before has been waited for.
  const still = await tx.$executeRaw`
    UPDATE external_identities SET last_used_at = now()
    WHERE issuer = ${issuer} AND subject = ${subject} AND user_id = ${user_id}::uuid`
  if (still === 0) throw new SsoRefused('unlinked meanwhile')
  return { session, refreshToken: await addRefreshToken(tx, session, tools) }
}

async function newcomer(
  tx: Transaction,
  request: FastifyRequest,
  provider: JitProvider,
  vouched: Vouched,
  details: Details | null,
): Promise<string | Refused> {
  if (details === null) throw new SsoRefused('unlinked meanwhile')
  const email = requireNewcomer(provider, details)
  if ((await tx.user.count({ where: { email, deleted_at: null } })) > 0) {
    // Not thrown, since the event has to be committed.
    await recordEvent(tx, request, {
      action: 'identity_provider.sign_in_refused',
      target_type: 'identity_provider',
      target_id: provider.id,
      after: { reason: 'the e-mail address belongs to a user', email, subject: vouched.subject },
    })
    return { code: 'sso_account_exists', reason: 'the e-mail address belongs to a user' }
  }
  const { name } = details
  return (await createNewcomer(tx, request, provider, vouched, { email, name })).id
}
