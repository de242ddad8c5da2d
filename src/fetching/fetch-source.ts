import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type Agent, type Dispatcher, request } from 'undici'
import { type AgentOptions, guardedAgent } from './guarded-agent.ts'
import { limited } from './limited.ts'
import { lookupInTurn } from './one-at-a-time.ts'
import { SourceError, sourceErrorOf } from './source-error.ts'
import type { SourceRules } from './source-rules.ts'
import { faultOfSourceUrl } from './source-url.ts'

type Limits = {
  /** To stop at any time; what comes then is the signal's own reason. */
  signal?: AbortSignal
  /** As it comes, and unpacked. */
  maxBytes: number
  /** From the first connection to the last byte. */
  timeoutMs: number
}

/**
 * The body of a source, unpacked, while it comes. Throws a SourceError, and so may the stream at any later time:
 * what was read by then is not the whole.
 */
export type FetchSource = (url: string, limits: Limits) => Promise<Readable>

const redirects = [301, 302, 303, 307, 308]
const redirectsMax = 3

/** Fetches within these rules; the rest of the options is for tests. */
export function sourceFetcher(
  rules: SourceRules,
  options: Omit<AgentOptions, 'rules'> = {},
): FetchSource {
  return async (url, { signal, maxBytes, timeoutMs }) => {
    const stopping = signal ?? new AbortController().signal
    const over = new AbortController()
    const timer = setTimeout(() => over.abort(new SourceError('too_slow')), timeoutMs)
    const agent = guardedAgent({ lookup: lookupInTurn, ...options, rules })
    const either = AbortSignal.any([stopping, over.signal])
    const destroy = () => void agent.destroy().catch(() => undefined)
    // A request doesn't hear of the signal before it has a connection: that may be long in coming.
    either.addEventListener('abort', destroy)
    const end = () => {
      clearTimeout(timer)
      either.removeEventListener('abort', destroy)
      destroy()
    }
    try {
      const response = await follow(url, agent, rules, either)
      const stages = stagesOf(response, maxBytes, either)
      return pipeline(stages, end) as unknown as Readable
    } catch (error) {
      end()
      throw sourceErrorOf(error, either)
    }
  }
}

/** Asks where each answer leads, anew each time: to no http, and no further than three times. */
async function follow(
  first: string,
  dispatcher: Agent,
  rules: SourceRules,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  let url = first
  for (let hops = 0; hops <= redirectsMax; hops += 1) {
    const fault = faultOfSourceUrl(url, hops === 0 ? rules : { ...rules, allowsHttp: false })
    if (fault !== null) throw new SourceError('failed', fault)
    const response = await request(url, { dispatcher, signal, headers: asked })
    if (response.statusCode === 200) return response
    response.body.on('error', () => undefined).destroy()
    const { location } = response.headers
    if (!redirects.includes(response.statusCode) || typeof location !== 'string') {
      throw new SourceError('failed', `answered ${response.statusCode}`)
    }
    url = new URL(location, url).href
  }
  throw new SourceError('failed', 'too many redirects')
}

const asked = {
  accept: 'text/csv, */*;q=0.1',
  'accept-encoding': 'gzip, identity;q=0.5',
  'user-agent': 'Postern',
}

/** What is packed is measured twice: a bomb by what it becomes, and one that becomes nothing by what it is. */
function stagesOf(
  { headers, body }: Dispatcher.ResponseData,
  maxBytes: number,
  signal: AbortSignal,
) {
  if (Number(headers['content-length'] ?? 0) > maxBytes) {
    body.on('error', () => undefined).destroy()
    throw new SourceError('too_large')
  }
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return [body, limited(maxBytes, signal)]
  if (encoding === 'gzip' || encoding === 'x-gzip') {
    return [body, limited(maxBytes, signal), createGunzip(), limited(maxBytes, signal)]
  }
  body.on('error', () => undefined).destroy()
  throw new SourceError('failed', 'an encoding that was not asked for')
}
