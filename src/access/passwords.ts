import { createHmac } from 'node:crypto'
import { availableParallelism } from 'node:os'
import bcrypt from 'bcrypt'
import pLimit from 'p-limit'
import { unavailable } from '../http/errors.ts'

export type Passwords = {
  /** Throws 503 where as many wait as may, for who would come to nothing else. */
  expectRoom(): void
  hash(password: string): Promise<string>
  /** For somebody else: one at a time for each credential, so that none of them fills the line of all who sign in. */
  hashFor(credentialId: string, password: string): Promise<string>
  /** With no hash to compare with it takes as long, and is false. */
  verify(password: string, hash: string | null): Promise<boolean>
  /**
   * Who was looked up, if it is their password. They are looked up when the turn has come: of a flood of sign-ins the
   * most cost no query, and the others one after the other.
   */
  matching<Person extends { password_hash: string | null }>(
    password: string,
    lookUp: () => Promise<Person | null>,
  ): Promise<(Person & { password_hash: string }) | null>
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
  const limit = pLimit({ concurrency: parallel, rejectOnClear: true })
  const making = new Set<string>()
  const expectRoom = () => {
    if (limit.pendingCount >= waitingMax) throw unavailable('too many passwords to check')
  }
  const work = async <T>(job: () => Promise<T>): Promise<T> => {
    expectRoom()
    return limit(job).catch((error) => {
      throw isCleared(error) ? unavailable('nobody can be looked up') : error
    })
  }
  const hash = (password: string) => work(() => bcrypt.hash(condense(password), cost))
  return {
    expectRoom,
    hash,
    async hashFor(credentialId, password) {
      if (making.has(credentialId)) throw unavailable('one password at a time')
      making.add(credentialId)
      return hash(password).finally(() => making.delete(credentialId))
    },
    verify: (password, known) => work(() => compare(password, known, cost)),
    matching: (password, lookUp) =>
      work(async () => {
        const person = await lookUp().catch((error) => {
          // Where the database fails one, the others would wait in line for its time-outs, one after the other.
          limit.clearQueue()
          throw error
        })
        const password_hash = person?.password_hash ?? null
        const matches = await compare(password, password_hash, cost)
        return matches && person && password_hash ? { ...person, password_hash } : null
      }),
    isOutdated: (hash) => roundsOf(hash) !== cost,
  }
}

/** As `pLimit` rejects what is cleared. */
const isCleared = (error: unknown) => error instanceof DOMException && error.name === 'AbortError'

/** Infinity: it is no hash of bcrypt, and matches nothing. */
const roundsOf = (hash: string) => Number(/^\$2[aby]\$(\d\d)\$/.exec(hash)?.[1] ?? Infinity)

const hashOfNothing = (cost: number) =>
  `$2b$${String(cost).padStart(2, '0')}$${'a'.repeat(21)}u${'b'.repeat(31)}`

/**
 * Takes as long without a hash, and with one that was made at a lower cost: what that one saves is spent on hashes of
 * nothing, each of which takes twice as long as the one before (2^c + 2^c + … + 2^(cost-1) = 2^cost).
 */
async function compare(password: string, hash: string | null, cost: number): Promise<boolean> {
  const text = condense(password)
  const of = hash ?? hashOfNothing(cost)
  const matches = await bcrypt.compare(text, of)
  for (let rest = roundsOf(of); rest < cost; rest += 1) {
    await bcrypt.compare(text, hashOfNothing(rest))
  }
  return matches && hash !== null
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
