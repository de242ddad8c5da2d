import type { RandomBytes } from '../access/token.ts'
import { hashToken } from '../access/token.ts'
import type { Transaction } from '../audit/record-event.ts'

/** A new refresh token of the session; only its hash is kept. */
export async function addRefreshToken(
  tx: Transaction,
  session: { id: string },
  { randomBytes }: { randomBytes: RandomBytes },
): Promise<string> {
  const token = Buffer.from(randomBytes(32)).toString('base64url')
  await tx.refreshToken.create({
    data: { session_id: session.id, token_hash: hashToken(token) },
  })
  return token
}
