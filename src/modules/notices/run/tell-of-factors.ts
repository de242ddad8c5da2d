import type { Transaction } from '../../../audit/record-event.ts'
import type { AuditEvent } from '../../../generated/prisma/client.ts'
import { isSignInChange } from '../../../mail/kinds.ts'
import { postMail } from '../../../mail/post-mail.ts'
import type { WorkTools } from '../../../operation.ts'
import type { Listener } from '../../../outbox/pass-on.ts'

/** What somebody signs in by has changed: they hear of it, whoever did it, and can't turn that off. */
export const tellOfFactors =
  ({ jobs }: Pick<WorkTools, 'jobs'>): Listener =>
  async (tx, event) => {
    const { action: change, actor_id, actor_name, target_type, target_id } = event
    if (!isSignInChange(change)) return
    // A passkey is nobody's but their own to add or to delete.
    const user_id = target_type === 'user' ? target_id : actor_id
    if (user_id === null) return
    const isOwn = actor_id === user_id
    await postMail(tx, jobs, 'sign_in_changed', user_id, {
      change,
      name: await nameOf(tx, event),
      by: isOwn ? null : actor_name,
      at: event.at.toISOString(),
      // From where an administrator works is not told.
      ip: isOwn ? event.ip : null,
    })
  }

type Told = { name?: string; identity_provider_id?: string }

/** Of a passkey what its person called it; of an identity the provider. */
async function nameOf(tx: Transaction, { before, after }: AuditEvent): Promise<string | null> {
  const { name, identity_provider_id: id } = { ...(before as Told), ...(after as Told) }
  if (id === undefined) return name ?? null
  const provider = await tx.identityProvider.findUnique({ where: { id } })
  return provider?.name ?? null
}
