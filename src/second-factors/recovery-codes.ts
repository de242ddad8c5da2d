import { hashToken, type RandomBytes } from '../access/token.ts'
import type { Transaction } from '../audit/record-event.ts'
import { validFrom } from '../db/valid-from.ts'
import { Prisma } from '../generated/prisma/client.ts'

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

/** Takes a code of this person, once; none that was made before what counts. */
export async function takeRecoveryCode(
  tx: Transaction,
  user_id: string,
  code: string,
  now: Date,
): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE recovery_codes SET used_at = ${now} FROM users CROSS JOIN settings
    WHERE user_id = ${user_id}::uuid AND code_hash = ${hashOf(code)} AND used_at IS NULL
      AND users.id = user_id
      AND recovery_codes.created_at > coalesce(${Prisma.raw(validFrom('users'))}, '-infinity')`
  return count === 1
}

function newCode(randomBytes: RandomBytes): string {
  const letters = Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length])
  return letters.join('').replace(/(.{6})(?=.)/g, '$1-')
}
