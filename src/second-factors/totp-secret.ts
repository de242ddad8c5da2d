import type { Sealing } from '../access/sealing.ts'

/** What a sealed secret is bound to; the one that waits for its first code, and the one that it becomes. */
const placeOf = (user_id: string) => `totp_factors ${user_id}`

export function sealTotpSecret(
  sealing: Sealing,
  user_id: string,
  secret: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return sealing.seal(placeOf(user_id), Buffer.from(secret).toString('base64'))
}

/** Null: it was sealed with another key. */
export function openTotpSecret(
  sealing: Sealing,
  user_id: string,
  sealed: Uint8Array,
): Uint8Array | null {
  const text = sealing.open(placeOf(user_id), sealed)
  return text === null ? null : Buffer.from(text, 'base64')
}
