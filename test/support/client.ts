import { setTimeout } from 'node:timers/promises'

/** An answer, with its body parsed where it is JSON. */
type Answer = {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it expects to be there
  body: any
  text: string
}

export type Client = (
  method: string,
  path: string,
  options?: { as?: string | null | undefined; body?: unknown; headers?: Record<string, string> },
) => Promise<Answer>

/** Calls below `/api/v1`, or anywhere with a path that begins with `//`. `as` is a bearer credential. */
export function clientOf(url: string): Client {
  return async (method, path, { as, body, headers = {} } = {}) => {
    const response = await fetch(url + (path.startsWith('//') ? path.slice(1) : `/api/v1${path}`), {
      method,
      headers: {
        ...(as && { authorization: `Bearer ${as}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text ? JSON.parse(text) : null,
      text,
    }
  }
}

/**
 * As a client that does what Retry-After says: a machine under load may keep a lock or a connection
 * waiting for longer than the server does, and a race is about who wins, not about how fast.
 */
export function patient(call: Client): Client {
  return async (...request) => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await call(...request)
      if (answer.status !== 503 || attempt === 5) return answer
      console.warn(`503 to ${request[0]} ${request[1]}: trying again`)
      await setTimeout(1000 * Number(answer.headers.get('retry-after') ?? 1))
    }
  }
}
