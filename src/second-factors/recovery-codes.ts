import { hashToken, type RandomBytes } from '../access/token.ts'
import type { Transaction } from '../audit/record-event.ts'

/** Without the letters that look like others (Crockford's base 32). */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const codes = 10
/** Of 5 bits each: with 120 bits a plain hash is enough (ASVS 5.0, 6.5.2). */
const length = 24

/** Four groups of six, with what people put between them. */
export const recoveryCodePattern = `^\\s*([0-9A-Za-z]{6}[\\s-]*){3}[0-9A-Za-z]{6}\\s*$`

const hashOf = (code: string) =>
  hashToken(`recovery ${code.toLowerCase().replaceAll(/[\s-]/g, '')}`)

/** Ten new codes in the place of all that there were. They are shown now and never again. */
export async function renewRecoveryCodes(
  tx: Transaction,
  user_id: string,
  randomBytes: RandomBytes,
): Promise<string[]> {
  const shown = Array.from({ length: codes }, () => newCode(randomBytes))
  await tx.recoveryCode.deleteMany({ where: { user_id } })
  await tx.recoveryCode.createMany({
    data: shown.map((code) => ({ user_id, code_hash: hashOf(code) })),
  })
  return shown
}

/** Takes a code of this person, once. */
export async function takeRecoveryCode(
  tx: Transaction,
  user_id: string,
  code: string,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({
    where: { user_id, code_hash: hashOf(code), used_at: null },
    data: { used_at: now },
  })
  return count === 1
}

function newCode(randomBytes: RandomBytes): string {
  const letters = Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length])
  return letters.join('').replace(/(.{6})(?=.)/g, '$1-')
}
