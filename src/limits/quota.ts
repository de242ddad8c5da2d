import type { FastifyReply } from 'fastify'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { rateLimited } from '../http/errors.ts'
import { addHeaders, limitHeaders } from '../http/limit-headers.ts'

export type Quota = {
  /**
   * Takes one of what is left to this key, tells the headers of the answer, and throws 429 when nothing is.
   * `reason`, for the log, is why it was taken.
   */
  take(key: string | number, reply: FastifyReply, reason?: string): Promise<void>
}

type Policy = {
  name: string
  limit: number
  windowSeconds?: number
  /** Is what is left told in every answer, or only when nothing is? */
  isTold: boolean
}

/** So many requests per key within a window, which begins with the first of them. Counted by this process alone. */
export function quota({ name, limit, windowSeconds = 60, isTold }: Policy): Quota {
  if (limit === 0) return { take: async () => undefined }
  const limiter = new RateLimiterMemory({ points: limit, duration: windowSeconds })
  const policy = { name, quota: limit, windowSeconds }
  return {
    async take(key, reply, reason = '') {
      const { consumedPoints, remainingPoints, msBeforeNext } = await limiter
        .consume(key)
        .catch((over: RateLimiterRes) => over)
      const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000))
      if (consumedPoints > limit) throw rateLimited(policy, seconds, `${name} ${reason}`.trim())
      if (isTold) addHeaders(reply, limitHeaders(policy, remainingPoints, seconds))
    },
  }
}
