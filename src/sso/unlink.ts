import type { Transaction } from '../audit/record-event.ts'
import type { ExternalIdentity } from '../generated/prisma/client.ts'
import { endSessions } from '../sessions/end-session.ts'

/** Unlinks an identity, and signs out who is signed in by it; answers what an event tells of it. */
export async function unlink(tx: Transaction, identity: ExternalIdentity, now: Date) {
  const { id, user_id, identity_provider_id, issuer, subject } = identity
  await tx.externalIdentity.delete({ where: { id } })
  const whose = { user_id, identity_provider_id }
  const sessions_ended = await endSessions(tx, whose, now, 'external_identity_unlinked')
  return {
    action: 'external_identity.unlinked',
    target_type: 'user',
    target_id: user_id,
    before: { external_identity_id: id, identity_provider_id, issuer, subject },
    after: { sessions_ended },
  }
}
