import type { Authority } from '../access/authority.ts'
import { hashToken } from '../access/token.ts'
import type { Transaction } from '../audit/record-event.ts'
import type { LockedUser } from '../db/lock-user.ts'
import type { Tools } from '../operation.ts'
import { hasWayIn } from '../sessions/require-way-in.ts'

const invitationDays = 7

/** Is this person waiting for a link to set a password with? Who can sign in otherwise must not come in by one. */
export async function isInvitable(
  tx: Transaction,
  { id, status, is_service_account }: Pick<LockedUser, 'id' | 'status' | 'is_service_account'>,
): Promise<boolean> {
  if (is_service_account || status === 'deactivated') return false
  return status === 'invited' || !(await hasWayIn(tx, id))
}

type Made = {
  user_id: string
  /** Who is shown it; null where only a mail holds it. */
  created_by: string | null
  created_by_token_id: string | null
}

export const madeBy = ({ owner, credential }: Authority): Omit<Made, 'user_id'> => ({
  created_by: owner.id,
  created_by_token_id: credential.kind === 'session' ? null : credential.id,
})

/**
 * A new one-time link for somebody to set the first password with. It is in the answer, and stored nowhere.
 */
export async function invite(
  tx: Transaction,
  made: Made,
  { randomBytes, publicUrl, clock }: Pick<Tools, 'randomBytes' | 'publicUrl' | 'clock'>,
) {
  const token = Buffer.from(randomBytes(32)).toString('base64url')
  const expires_at = new Date(clock().getTime() + invitationDays * 86_400_000)
  const { id, created_at } = await tx.invitation.create({
    data: { ...made, token_hash: hashToken(token), expires_at },
  })
  // After the #, so that the token reaches no server's log on its way.
  const invitation_url = `${publicUrl}/accept-invitation#token=${token}`
  return { id, user_id: made.user_id, created_at, expires_at, invitation_url }
}
