import { createHmac } from 'node:crypto'
import { availableParallelism } from 'node:os'
import bcrypt from 'bcrypt'
import pLimit from 'p-limit'
import { unavailable } from '../http/errors.ts'

export type Passwords = {
  /**
   * For who comes unknown: does what looks somebody up and checks their password, or throws 503 at once where as many
   * wait as may. Of a flood of sign-ins the most then cost no query.
   */
  admit<T>(job: () => Promise<T>): Promise<T>
  hash(password: string): Promise<string>
  /** With no hash to compare with it takes as long, and is false. */
  verify(password: string, hash: string | null): Promise<boolean>
  /** Was it made at another cost than new ones are? Then it takes another time to check, too. */
  isOutdated(hash: string): boolean
}

/**
 * Half the cores, and half of the four threads that Node lends to such work: a flood of sign-ins must
 * leave the rest to everybody else.
 */
const parallel = Math.max(1, Math.min(2, Math.floor(availableParallelism() / 2)))
const waitingMax = 32

/**
 * bcrypt at the given cost (each step doubles the time). One more sign-in than may wait is told to
 * come back, at once, rather than to wait behind all others.
 */
export function bcryptPasswords(cost: number): Passwords {
  const limit = pLimit(parallel)
  let admitted = 0
  const work = <T>(job: () => Promise<T>): Promise<T> => {
    if (limit.pendingCount >= waitingMax) throw unavailable('too many passwords to check')
    return limit(job)
  }
  const hashOfNothing = `$2b$${String(cost).padStart(2, '0')}$${'a'.repeat(21)}u${'b'.repeat(31)}`
  return {
    async admit(job) {
      if (admitted >= parallel + waitingMax) throw unavailable('too many passwords to check')
      admitted += 1
      try {
        return await job()
      } finally {
        admitted -= 1
      }
    },
    hash: (password) => work(() => bcrypt.hash(condense(password), cost)),
    verify: async (password, hash) => {
      const matches = await work(() => bcrypt.compare(condense(password), hash ?? hashOfNothing))
      return matches && hash !== null
    },
    isOutdated: (hash) => bcrypt.getRounds(hash) !== cost,
  }
}

/**
 * bcrypt ignores all after the 72nd byte and trips over NUL; an HMAC of the whole password, as 64
 * characters of base64, has neither trouble. Normalised, because the same "é" has two forms (NFC).
 */
function condense(password: string): string {
  return createHmac('sha384', 'postern.password.v1')
    .update(password.normalize('NFC'))
    .digest('base64')
}
