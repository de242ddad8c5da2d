import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import type { Sealing } from '../access/sealing.ts'
import type { Transaction } from '../audit/record-event.ts'
import { databaseNow } from '../db/now.ts'
import { takePasskey } from './passkeys.ts'
import { takeRecoveryCode } from './recovery-codes.ts'
import { relyingPartyOf } from './relying-party.ts'
import { takeTotp } from './take-totp.ts'

/** One of these. */
export type Proof = {
  code?: string
  recovery_code?: string
  passkey?: AuthenticationResponseJSON
}

/**
 * Takes what a person shows for a second factor, for good, and answers which it was; null where it is wrong,
 * which must be committed, too, since wrong ones are counted. Call lockUser first.
 */
export async function proveSecondFactor(
  tx: Transaction,
  userId: string,
  { code, recovery_code, passkey }: Proof,
  challenge: string,
  { sealing, publicUrl }: { sealing: Sealing; publicUrl: string },
): Promise<'totp' | 'recovery_code' | 'passkey' | null> {
  if (code !== undefined) return (await takeTotp(tx, userId, code, sealing)) ? 'totp' : null
  if (recovery_code !== undefined) {
    const isTaken = await takeRecoveryCode(tx, userId, recovery_code, await databaseNow(tx))
    return isTaken ? 'recovery_code' : null
  }
  if (passkey === undefined) return null
  const relyingParty = relyingPartyOf(publicUrl)
  return (await takePasskey(tx, userId, passkey, challenge, relyingParty)) ? 'passkey' : null
}
