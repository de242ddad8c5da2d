import { hashToken, type RandomBytes } from '../access/token.ts'
import type { Transaction } from '../audit/record-event.ts'

/** What a challenge is for. Where it names nobody, a passkey will say who answers. */
type Asked =
  | { purpose: 'second_factor'; user_id: string }
  | { purpose: 'passkey' }
  | { purpose: 'step_up' | 'registration'; user_id: string; session_id: string }

const minutes = 5
const failuresMax = 5

/**
 * A value to be answered once, within five minutes, for what it was made for. It also is the challenge of
 * WebAuthn, so that what a passkey signs is bound to the same. Only its hash is kept.
 */
export async function newChallenge(
  tx: Transaction,
  asked: Asked,
  { randomBytes }: { randomBytes: RandomBytes },
): Promise<string> {
  const challenge = Buffer.from(randomBytes(32)).toString('base64url')
  await tx.$executeRaw`
    DELETE FROM sign_in_challenges WHERE id IN (
      SELECT id FROM sign_in_challenges WHERE expires_at <= now() LIMIT 100 FOR UPDATE SKIP LOCKED
    )`
  const [{ expires_at }] = await tx.$queryRaw<[{ expires_at: Date }]>`
    SELECT now() + make_interval(mins => ${minutes}) AS expires_at`
  await tx.signInChallenge.create({
    data: { ...asked, challenge_hash: hashToken(challenge), expires_at },
  })
  return challenge
}

/** Who a challenge is for, before anything is locked; null where there is none that can be answered. */
export async function userOfChallenge(tx: Transaction, challenge: string): Promise<string | null> {
  const found = await tx.signInChallenge.findUnique({
    where: { challenge_hash: hashToken(challenge) },
    select: { user_id: true },
  })
  return found?.user_id ?? null
}

/**
 * Answers a challenge: it is gone once the answer is right, or was wrong five times. Of many who answer it at
 * once, each waits for the one before. Null: there is none, or the answer (null, too) was wrong; both are to be
 * committed. Call lockUser of who it is for first: who changes a user locks that before their challenges.
 */
export async function answerChallenge<Answer>(
  tx: Transaction,
  challenge: string,
  asked: Asked,
  answer: () => Promise<Answer | null>,
): Promise<Answer | null> {
  const { purpose, user_id, session_id } = { user_id: null, session_id: null, ...asked }
  const [found] = await tx.$queryRaw<{ id: string; failures: number }[]>`
    SELECT id, failures FROM sign_in_challenges
    WHERE challenge_hash = ${hashToken(challenge)} AND purpose = ${purpose}
      AND expires_at > clock_timestamp()
      AND created_at > coalesce((SELECT credentials_valid_from FROM settings), '-infinity')
      AND user_id IS NOT DISTINCT FROM ${user_id}::uuid
      AND session_id IS NOT DISTINCT FROM ${session_id}::uuid
    FOR UPDATE`
  if (!found) return null
  const answered = await answer()
  const failures = found.failures + 1
  const where = { id: found.id }
  if (answered !== null || failures === failuresMax) await tx.signInChallenge.delete({ where })
  else await tx.signInChallenge.update({ where, data: { failures } })
  return answered
}
