import { Agent, request } from 'node:http'
import type { Span } from '../freshness/check-history.ts'
import { moment } from '../freshness/connection.ts'

export type Request = {
  method?: string
  path: string
  as?: string | null
  body?: unknown
  headers?: Record<string, string>
}

/** Status 0: there was no answer, and `body` says why. */
export type Answer = Span & {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

export type Ask = (asked: Request) => Promise<Answer>

/** Longer than any answer may take, so that a request which hangs is seen to. */
const timeoutMs = 20_000

/** Asks over connections that are kept. `//path` is one outside the API. */
export function asker(url: string): { ask: Ask; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  return { ask: (asked) => send(url, agent, asked), close: () => agent.destroy() }
}

async function send(url: string, agent: Agent, asked: Request): Promise<Answer> {
  const { method = 'GET', path, as, body, headers } = asked
  const content = body === undefined ? undefined : JSON.stringify(body)
  const start = moment()
  const answer = await new Promise<Omit<Answer, 'start' | 'end'>>((resolve) => {
    const lost = ({ message }: Error) => resolve({ status: 0, headers: {}, body: message })
    const sent = request(
      `${url}${path.startsWith('//') ? path.slice(1) : `/api/v1${path}`}`,
      {
        method,
        agent,
        headers: {
          ...(as && { authorization: `Bearer ${as}` }),
          ...(content !== undefined && {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(content),
          }),
          ...headers,
        },
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('error', lost)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        )
      },
    )
    sent.on('error', lost)
    sent.setTimeout(timeoutMs, () => sent.destroy(new Error(`no answer for ${timeoutMs} ms`)))
    sent.end(content)
  })
  return { ...answer, start, end: moment() }
}
