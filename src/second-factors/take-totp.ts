import type { Sealing } from '../access/sealing.ts'
import type { Transaction } from '../audit/record-event.ts'
import { rateLimited } from '../http/errors.ts'
import { stepOfCode } from './totp.ts'
import { openTotpSecret } from './totp-secret.ts'

type Row = {
  secret: Buffer | null
  last_step: bigint | null
  failures: number
  failed_at: Date | null
  now: Date
}

/**
 * Takes a code of this person, once: neither it nor an earlier one is taken again (RFC 6238 §5.2). A wrong one is
 * counted, so the transaction must be committed whatever this answers. Throws 429 while they have to wait.
 */
export async function takeTotp(
  tx: Transaction,
  userId: string,
  code: string,
  sealing: Sealing,
): Promise<boolean> {
  // Locked, so that of many with one code one is taken, and of many with wrong ones each is counted.
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT secret, last_step, failures, failed_at, clock_timestamp() AS now
    FROM totp_factors WHERE user_id = ${userId}::uuid FOR UPDATE`
  if (!row?.secret) return false
  refuseTooMany(row)
  const secret = openTotpSecret(sealing, userId, row.secret)
  const step = secret && stepOfCode(secret, code, row.now)
  const isTaken = step !== null && (row.last_step === null || step > row.last_step)
  await tx.totpFactor.update({
    where: { user_id: userId },
    data: isTaken
      ? { last_step: step, failures: 0, failed_at: null }
      : { failures: row.failures + 1, failed_at: row.now },
  })
  return isTaken
}

const freeFailures = 5
const waitMinutesMax = 60

/**
 * After five wrong codes in a row they wait a minute, then two, four, up to an hour. One guess in an hour, of
 * which three in a million are right, leads nowhere; who mistypes hardly notices. Passkeys and recovery codes,
 * which nobody guesses, are taken meanwhile.
 */
function refuseTooMany({ failures, failed_at, now }: Row): void {
  if (failures < freeFailures || failed_at === null) return
  const windowSeconds = 60 * Math.min(2 ** (failures - freeFailures), waitMinutesMax)
  const left = failed_at.getTime() + windowSeconds * 1000 - now.getTime()
  if (left <= 0) return
  const policy = { name: 'wrong-codes', quota: 1, windowSeconds }
  throw rateLimited(policy, Math.ceil(left / 1000), 'too many wrong codes')
}
