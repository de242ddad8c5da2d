import { request } from 'undici'
import { type AgentOptions, guardedAgent } from './guarded-agent.ts'
import { lookupInTurn } from './one-at-a-time.ts'
import { SourceError, sourceErrorOf } from './source-error.ts'
import type { SourceRules } from './source-rules.ts'
import { faultOfSourceUrl } from './source-url.ts'

/** Posts this, and answers with the status; what else comes back is not read. Throws a SourceError. */
export type PostGuarded = (
  url: string,
  headers: Record<string, string>,
  body: string,
) => Promise<number>

const usualTimeoutMs = 10_000

/**
 * Under the rules of sources, but that no redirect is followed: it would take what we sign elsewhere. The options
 * are for tests.
 */
export function guardedPost(
  rules: SourceRules,
  {
    timeoutMs = usualTimeoutMs,
    ...options
  }: Omit<AgentOptions, 'rules'> & { timeoutMs?: number } = {},
): PostGuarded {
  return async (url, headers, body) => {
    const fault = faultOfSourceUrl(url, rules)
    if (fault !== null) throw new SourceError('failed', fault)
    const agent = guardedAgent({ lookup: lookupInTurn, ...options, rules })
    const over = new AbortController()
    const timer = setTimeout(() => {
      over.abort(new SourceError('too_slow'))
      // A request doesn't hear of the signal before it has a connection.
      void agent.destroy().catch(() => undefined)
    }, timeoutMs)
    try {
      const { signal } = over
      const answer = await request(url, {
        method: 'POST',
        dispatcher: agent,
        signal,
        headers,
        body,
      })
      answer.body.on('error', () => undefined).destroy()
      return answer.statusCode
    } catch (error) {
      throw sourceErrorOf(error, over.signal)
    } finally {
      clearTimeout(timer)
      void agent.destroy().catch(() => undefined)
    }
  }
}
