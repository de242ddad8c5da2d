import { pipeline } from 'node:stream'
import { type Dispatcher, request } from 'undici'
import { type AgentOptions, guardedAgent } from './guarded-agent.ts'
import { limited } from './limited.ts'
import { SourceError, sourceErrorOf } from './source-error.ts'
import type { SourceRules } from './source-rules.ts'
import { faultOfSourceUrl } from './source-url.ts'

type GuardedFetch = (url: string, asked: Asked) => Promise<Response>

type Asked = {
  method: string
  headers: Record<string, string>
  body?: unknown
  signal?: AbortSignal
}

const maxBytes = 1024 * 1024
const timeoutMs = 5000

/**
 * `fetch` for a small document of a service that somebody named: one question, whose answer is here whole or not at
 * all. No redirect is followed, and none is handed on. Throws a SourceError; the rest of the options is for tests.
 */
export function guardedFetch(
  rules: SourceRules,
  options: Omit<AgentOptions, 'rules'> & { timeoutMs?: number } = {},
): GuardedFetch {
  return async (url, asked) => {
    const fault = faultOfSourceUrl(url, rules)
    if (fault !== null) throw new SourceError('failed', fault)
    const over = new AbortController()
    const timer = setTimeout(
      () => over.abort(new SourceError('too_slow')),
      options.timeoutMs ?? timeoutMs,
    )
    const signal = asked.signal ? AbortSignal.any([asked.signal, over.signal]) : over.signal
    const agent = guardedAgent({ ...options, rules })
    const destroy = () => void agent.destroy().catch(() => undefined)
    // A request doesn't hear of the signal before it has a connection: that may be long in coming.
    signal.addEventListener('abort', destroy)
    try {
      return await answerTo(url, asked, agent, signal)
    } catch (error) {
      throw sourceErrorOf(error, signal)
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', destroy)
      destroy()
    }
  }
}

async function answerTo(
  url: string,
  { method, headers, body }: Asked,
  dispatcher: Dispatcher,
  signal: AbortSignal,
): Promise<Response> {
  const answer = await request(url, {
    dispatcher,
    signal,
    method: method as Dispatcher.HttpMethod,
    headers: { ...headers, 'accept-encoding': 'identity', 'user-agent': 'Postern' },
    ...(body != null && { body: `${body}` }),
  })
  const { statusCode: status, headers: told } = answer
  const fault = faultOf(answer)
  if (fault) {
    answer.body.on('error', () => undefined).destroy()
    throw fault
  }
  const chunks: Buffer[] = []
  const bounded = pipeline(answer.body, limited(maxBytes, signal), () => undefined)
  for await (const chunk of bounded) chunks.push(chunk as Buffer)
  return new Response(withoutBody.has(status) ? null : Buffer.concat(chunks), {
    status,
    headers: { 'content-type': `${told['content-type'] ?? ''}` },
  })
}

const redirects = new Set([301, 302, 303, 307, 308])
const withoutBody = new Set([204, 205, 304])

function faultOf({ statusCode, headers }: Dispatcher.ResponseData): SourceError | null {
  if (redirects.has(statusCode)) return new SourceError('failed', 'redirects')
  if (Number(headers['content-length'] ?? 0) > maxBytes) return new SourceError('too_large')
  const encoding = headers['content-encoding'] ?? 'identity'
  return encoding === 'identity'
    ? null
    : new SourceError('failed', 'an encoding that was not asked for')
}
