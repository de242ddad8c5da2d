import { Agent, type IncomingMessage, request as startRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** Who calls: everything allowed in a session, everything allowed in a token, or nobody. */
export const callers = ['session', 'token', 'nobody'] as const
export type Caller = (typeof callers)[number]

/** One request, made before any is sent. */
export type FuzzRequest = {
  /** What is special about it. */
  what: string
  caller: Caller
  method: string
  /** From the base path on, with the query, as it goes over the wire. */
  target: string
  headers: Record<string, string | string[]>
  body?: string | Buffer | undefined
  /** Must it be refused, whatever the state? Else it may be. */
  refuse: boolean
  /** A field that a 400 has to name. */
  field?: string | undefined
}

export type FuzzAnswer = {
  status: number
  headers: IncomingMessage['headers']
  text: string
}

export type Send = (request: FuzzRequest, credential: string | null) => Promise<FuzzAnswer>

const timeoutMs = 10_000

/** Sends targets, headers and bodies that `fetch` would put right. */
export function sender(url: string, concurrency: number): { send: Send; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  const { hostname, port } = new URL(url)
  const send: Send = ({ method, target, headers, body }, credential) =>
    new Promise((resolve, reject) => {
      const outgoing = startRequest({
        agent,
        host: hostname,
        port,
        method,
        path: target,
        timeout: timeoutMs,
        headers: {
          ...(credential !== null && { authorization: `Bearer ${credential}` }),
          ...headers,
          ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
        },
      })
      outgoing.on('response', (incoming) => void collect(incoming).then(resolve, reject))
      outgoing.on('timeout', () => outgoing.destroy(new Error(`No answer in ${timeoutMs} ms`)))
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  return { send: patient(send), close: () => agent.destroy() }
}

const attemptsMax = 3

/** As clients do, it comes back where the database was away for a moment. What is 503 each time is a fault. */
function patient(send: Send): Send {
  return async (request, credential) => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await send(request, credential)
      if (answer.status !== 503 || attempt === attemptsMax) return answer
      console.warn(`503 to ${request.method} ${request.target}: trying again`)
      await sleep(1000 * Number(answer.headers['retry-after'] ?? 1))
    }
  }
}

async function collect(incoming: IncomingMessage): Promise<FuzzAnswer> {
  let text = ''
  incoming.setEncoding('utf8')
  for await (const chunk of incoming) text += chunk
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, text }
}

const shownMax = 2000

/** For a failure: all that it takes to send it again by hand. */
export function show({ what, caller, method, target, headers, body }: FuzzRequest): string {
  const text = String(body ?? '')
  const shown = text.length > shownMax ? `${text.slice(0, shownMax)}… (${text.length})` : text
  return `${method} ${target} as ${caller} (${what})\n${JSON.stringify(headers)}\n${JSON.stringify(shown)}`
}
