import pg from 'pg'
import type { Span } from './check-history.ts'
import { type Ask, Connection, moment } from './connection.ts'

export type Credentials = { email: string; password: string }

// biome-ignore lint/suspicious/noExplicitAny: whoever calls knows what the operation answers
type Done = Span & { body: any }

/** What a scene plays on: the servers, an administrator who is signed in, and the database behind. */
export type Stage = {
  urls: readonly string[]
  /** In [0, 1), from the seed. */
  random(): number
  /** Calls any of the servers, as the administrator where nobody else is named; throws where it refuses. */
  call(method: string, path: string, body?: unknown, as?: string): Promise<Done>
  signIn(person: Credentials): Promise<string>
  /** As the owner of the database, past the API. */
  sql(text: string, values?: unknown[]): Promise<Span & { rows: Record<string, unknown>[] }>
  calls(): number
  close(): Promise<void>
}

/** Access tokens live for 15 minutes. */
const sessionMs = 300_000
const retries = 20

export async function openStage(options: {
  urls: readonly string[]
  databaseUrl: string
  administrator: Credentials
  random: () => number
}): Promise<Stage> {
  const { urls, administrator, random } = options
  const connections = new Set<Connection>()
  const idle: Connection[][] = urls.map(() => [])
  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 4 })
  let session = { token: '', since: Number.NEGATIVE_INFINITY }
  let calls = 0

  async function ask(request: Ask) {
    const server = Math.floor(random() * urls.length)
    const connection = idle[server]!.pop() ?? new Connection(urls[server]!)
    connections.add(connection)
    const answer = await connection.ask(request)
    idle[server]!.push(connection)
    calls += 1
    return answer
  }

  /** Asked again after a 503, a change spans both: either may have made it, and then 404 or 409 follow. */
  async function persist(request: Ask): Promise<Done> {
    const first = await ask(request)
    let last = first
    for (let retry = 0; [0, 503].includes(last.status) && retry < retries; retry += 1) {
      await new Promise((resolve) => setTimeout(resolve, 250))
      last = await ask(request)
    }
    const isDone = last.status < 300 || (last !== first && [404, 409].includes(last.status))
    if (!isDone) throw new Error(`${request.method} ${request.path}: ${last.status} ${last.body}`)
    return { start: first.start, end: last.end, body: last.body && JSON.parse(last.body) }
  }

  async function signIn({ email, password }: Credentials): Promise<string> {
    const body = { email, password }
    const answer = await persist({ method: 'POST', path: '/auth/login', body })
    return answer.body.access_token
  }

  return {
    urls,
    random,
    signIn,
    async call(method, path, body, as) {
      if (as === undefined && performance.now() - session.since > sessionMs) {
        session = { token: await signIn(administrator), since: performance.now() }
      }
      return persist({ method, path, body, as: as ?? session.token })
    },
    async sql(text, values) {
      const start = moment()
      const { rows } = await pool.query(text, values)
      return { rows, start, end: moment() }
    },
    calls: () => calls,
    async close() {
      for (const connection of connections) connection.close()
      await pool.end()
    },
  }
}
