import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.ts'
import { AppError, rateLimited } from '../http/errors.ts'
import { networkOf } from './source.ts'

/** Whoever tries to sign in to one account: slowed down by where they come from, and never the account itself. */
export type SignInTries = {
  /**
   * Does the job, which throws 401 or `reauthentication_required` where the secret was wrong; or throws 429
   * at once, where too many were. `account` is what was typed, whether there is such an account or not:
   * the answer must not tell. What failed for other reasons is not counted.
   */
  guarded<Result>(account: string, ip: string | null, job: () => Promise<Result>): Promise<Result>
}

type Options = {
  /** So many wrong secrets in a row are free, for one account from one network; 0: all are. */
  limit: number
  clock: Clock
}

type Tries = { failures: number; last_at: number; free_at: number }

/**
 * NIST SP 800-63B allows a hundred failures in a row on one account. To refuse everybody from then on would
 * hand its owner to whoever types nonsense: instead each network that has failed once has to wait then.
 */
const accountMax = 100
const firstWaitMs = 30_000
const longestWaitMs = 900_000
const forgottenMs = 3_600_000
/** Some 300 bytes each. Strangers can push others out, at the pace of SIGN_IN_LIMIT_PER_MINUTE for each address. */
const keysMax = 50_000

export function signInTries({ limit, clock }: Options): SignInTries {
  if (limit === 0) return { guarded: (_account, _ip, job) => job() }
  const byPair = new LRUCache<string, Tries>({ max: keysMax })
  const byAccount = new LRUCache<string, Tries>({ max: keysMax })
  const now = () => clock().getTime()

  function known(all: LRUCache<string, Tries>, key: string): Tries {
    const tries = all.get(key)
    if (tries && now() - tries.last_at < forgottenMs) return tries
    const none = { failures: 0, last_at: now(), free_at: 0 }
    all.set(key, none)
    return none
  }

  /** Counts a try before its secret is looked at: of fifty at once no more than the free ones are. */
  function begin(pair: Tries, total: Tries) {
    const free = total.failures >= accountMax ? 1 : limit
    const at = now()
    const wait = pair.free_at - at
    if (pair.failures >= free && wait > 0) {
      throw rateLimited(policyOf(pair), Math.ceil(wait / 1000), 'failed sign-ins')
    }
    for (const tries of [pair, total]) {
      tries.failures += 1
      tries.last_at = at
    }
    pair.free_at = at + waitAfter(pair.failures - free)
  }

  function takeBack(pair: Tries, total: Tries) {
    pair.failures -= 1
    total.failures -= 1
    pair.free_at = 0
  }

  return {
    async guarded(account, ip, job) {
      const name = account.trim().toLowerCase()
      const pairKey = `${name} ${networkOf(ip ?? '')}`
      const [pair, total] = [known(byPair, pairKey), known(byAccount, name)]
      begin(pair, total)
      try {
        const result = await job()
        byPair.delete(pairKey)
        byAccount.delete(name)
        return result
      } catch (error) {
        if (!isWrongSecret(error)) takeBack(pair, total)
        throw error
      }
    },
  }
}

/** None as long as they are free; then twice as long each time. */
function waitAfter(beyond: number): number {
  return beyond < 0 ? 0 : Math.min(firstWaitMs * 2 ** beyond, longestWaitMs)
}

/** What is in force where the free ones are spent: one, and then the wait that the last one brought. */
function policyOf({ free_at, last_at }: Tries) {
  return {
    name: 'failed-sign-ins',
    quota: 1,
    windowSeconds: Math.ceil((free_at - last_at) / 1000),
  }
}

function isWrongSecret(error: unknown): boolean {
  return (
    error instanceof AppError && ['unauthorized', 'reauthentication_required'].includes(error.code)
  )
}
