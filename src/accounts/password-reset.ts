import { hashToken } from '../access/token.ts'
import type { Transaction } from '../audit/record-event.ts'
import type { Tools } from '../operation.ts'

const lifetimeMs = 3_600_000

/** A new one-time link for somebody to set another password with; stored as a hash. */
export async function newPasswordReset(
  tx: Transaction,
  user_id: string,
  now: Date,
  { randomBytes, publicUrl }: Pick<Tools, 'randomBytes' | 'publicUrl'>,
): Promise<string> {
  const token = Buffer.from(randomBytes(32)).toString('base64url')
  const expires_at = new Date(now.getTime() + lifetimeMs)
  const token_hash = hashToken(token)
  await tx.passwordReset.create({ data: { user_id, token_hash, created_at: now, expires_at } })
  // After the #, so that the token reaches no server's log on its way.
  return `${publicUrl}/reset-password#token=${token}`
}
