import type { Transaction } from '../audit/record-event.ts'
import { conflict } from '../http/errors.ts'

/** Is there anything by which this person could sign in? Not, of course, by an invitation. */
export async function hasWayIn(tx: Transaction, user_id: string): Promise<boolean> {
  const { password_hash } = await tx.user.findUniqueOrThrow({ where: { id: user_id } })
  if (password_hash !== null || (await tx.passkey.count({ where: { user_id } })) > 0) return true
  const enabled = { user_id, identity_provider: { is_enabled: true } }
  return (await tx.externalIdentity.count({ where: enabled })) > 0
}

/**
 * Throws 409 where nothing is left by which this person could sign in: call it after something was taken away, under
 * lockUser. A provider that is disabled lets nobody in; a passkey does, whatever the policy of second factors.
 */
export async function requireWayIn(tx: Transaction, user_id: string): Promise<void> {
  if (await hasWayIn(tx, user_id)) return
  throw conflict('You could not sign in by anything any more: add another way first')
}
