import { type Static, Type } from 'typebox'
import type { Transaction } from '../../audit/record-event.ts'
import { ref } from '../../http/schemas.ts'
import { endSessions } from '../../sessions/end-session.ts'

export const EndOfSignIn = Type.Object(
  {
    people: Type.Integer({
      description: 'Active people who can sign in by this provider',
      examples: [12],
    }),
    locked_out: Type.Integer({
      description:
        'Those of them who can sign in by nothing else, and need a new invitation (`POST /users/{id}/invitation`)',
      examples: [3],
    }),
    sessions: Type.Integer({ description: 'Their sessions by it, which end', examples: [5] }),
    tokens: Type.Integer({
      description: 'Live tokens of these people, which go on; deactivate whose should not',
      examples: [9],
    }),
  },
  { $id: 'EndOfSignIn' },
)

export const EndOfSignInRef = ref(EndOfSignIn)

/** Whom it concerns when nobody signs in by this provider any more. */
export async function effectOf(tx: Transaction, id: string) {
  const [counts] = await tx.$queryRaw<[Static<typeof EndOfSignIn>]>`
    WITH people AS (
      SELECT u.id, u.password_hash FROM external_identities e JOIN users u ON u.id = e.user_id
      WHERE e.identity_provider_id = ${id}::uuid AND u.status = 'active' AND u.deleted_at IS NULL
    )
    SELECT
      (SELECT count(*)::int FROM people) AS people,
      (SELECT count(*)::int FROM people p WHERE p.password_hash IS NULL
        AND NOT EXISTS (SELECT FROM passkeys k WHERE k.user_id = p.id)
        AND NOT EXISTS (
          SELECT FROM external_identities o JOIN identity_providers i ON i.id = o.identity_provider_id
          WHERE o.user_id = p.id AND i.is_enabled AND i.id <> ${id}::uuid
        )) AS locked_out,
      (SELECT count(*)::int FROM sessions s WHERE s.identity_provider_id = ${id}::uuid
        AND s.ended_at IS NULL AND least(s.expires_at, s.idle_expires_at) > now()) AS sessions,
      (SELECT count(*)::int FROM tokens t JOIN people p ON p.id = t.owner_id
        WHERE t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())) AS tokens`
  return counts
}

/** Does this person sign in by it? */
export const comesBy = async (tx: Transaction, identity_provider_id: string, user_id: string) =>
  (await tx.externalIdentity.count({ where: { identity_provider_id, user_id } })) > 0

/** Ends what came from this provider: its sessions, and sign-ins that have not come back. The triggers tell the feed. */
export async function endSignIns(tx: Transaction, id: string, now: Date): Promise<void> {
  await endSessions(tx, { identity_provider_id: id }, now, 'identity_provider_disabled')
  await tx.ssoAttempt.deleteMany({ where: { identity_provider_id: id } })
}
