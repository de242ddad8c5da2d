import type { FastifyRequest } from 'fastify'
import { hasShownFactor } from '../../access/sign-in.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { SsoRefused } from '../../sso/sso-refused.ts'
import type { Details, Vouched } from '../../sso/vouched.ts'
import { actAsSession } from './act-as-session.ts'
import { isEmail } from './forms.ts'
import { requireAllowed } from './new-user.ts'
import type { Refused } from './sign-in.ts'

/**
 * Links an identity to the person whose session began this, if that is still in force. Null: it is done. One that
 * is linked to somebody else stays theirs; of a user who is deleted, it is free.
 */
export async function link(
  tx: Transaction,
  request: FastifyRequest,
  provider: { id: string; allowed_domains: string[] },
  session_id: string,
  { issuer, subject }: Vouched,
  details: Details | null,
): Promise<Refused | null> {
  const { user_id } = await actAsSession(tx, request, session_id)
  // A factor may have been set up since this began: who comes by an identity is not asked for it.
  const { sign_in } = request.authority
  if (sign_in && !hasShownFactor(sign_in)) throw new SsoRefused('the second factor was not shown')
  const where = {
    OR: [
      { issuer, subject },
      { user_id, identity_provider_id: provider.id },
    ],
  }
  const known = await tx.externalIdentity.findMany({ where, include: { user: true } })
  const free = known.filter(({ user }) => user.deleted_at !== null)
  const taken = known.filter(({ user }) => user.deleted_at === null)
  if (taken.some((one) => one.user_id === user_id && one.subject === subject)) return null
  if (taken.length > 0) return refused(tx, request, provider.id, subject)
  await tx.externalIdentity.deleteMany({ where: { id: { in: free.map(({ id }) => id) } } })
  const created = await tx.externalIdentity.create({
    data: {
      user_id,
      identity_provider_id: provider.id,
      issuer,
      subject,
      email: addressOf(provider, details),
    },
  })
  await recordEvent(tx, request, {
    action: 'external_identity.linked',
    target_type: 'user',
    target_id: user_id,
    after: {
      external_identity_id: created.id,
      identity_provider_id: provider.id,
      ...{ issuer, subject },
    },
  })
  return null
}

/**
 * Where only some domains are allowed, also who is signed in links no address of another one: else a private account at
 * the provider would let in whom the company has let go.
 */
function addressOf({ allowed_domains }: { allowed_domains: string[] }, details: Details | null) {
  if (details === null) throw new SsoRefused('nothing is known of them')
  if (allowed_domains.length > 0) return requireAllowed({ allowed_domains }, details)
  return details.email !== null && isEmail(details.email) ? details.email : null
}

async function refused(
  tx: Transaction,
  request: FastifyRequest,
  provider_id: string,
  subject: string,
): Promise<Refused> {
  const reason = 'the identity is linked, or the person has one of this provider'
  await recordEvent(tx, request, {
    action: 'identity_provider.link_refused',
    target_type: 'identity_provider',
    target_id: provider_id,
    after: { reason, subject },
  })
  return { code: 'sso_identity_taken', reason }
}
