import { v7 as uuidv7 } from 'uuid'
import { bcryptPasswords } from '../../../src/access/passwords.ts'
import type { TestServer } from '../../support/server.ts'

export const password = 'a password of some length'
const hashed = bcryptPasswords(10).hash(password)

type Options = {
  status?: string
  secret?: string | null
  is_service_account?: boolean
  deleted?: boolean
}

/** Someone with a password, by default one who may sign in. */
export async function newUser({ database }: TestServer, options: Options = {}) {
  const { status = 'active', secret = password, is_service_account = false, deleted } = options
  const id = uuidv7()
  const email = `p-${id}@example.com`
  const own = secret === password ? hashed : bcryptPasswords(10).hash(secret ?? '')
  await database.sql(
    `INSERT INTO users (id, email, name, status, password_hash, is_service_account, deleted_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      is_service_account ? null : email,
      email,
      status,
      secret === null ? null : await own,
      is_service_account,
      deleted ? new Date() : null,
    ],
  )
  return { id, email }
}

const cookieName = '__Host-postern_refresh'

export const cookieOf = (headers: Headers): string =>
  new RegExp(`${cookieName}=([^;]*)`).exec(headers.get('set-cookie') ?? '')?.[1] ?? ''

export const withCookie = (cookie: string, more: Record<string, string> = {}) => ({
  headers: { cookie: `${cookieName}=${cookie}`, ...more },
})

/** What a form of any page can post without leave (the types of a simple request, as CORS has it), from wherever. */
export const formTypes = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
]
const wherever: Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  { 'sec-fetch-site': 'cross-site' },
  { origin: 'null' },
  {},
]
export const formPosts = (type: string, cookie: string) =>
  wherever.flatMap((from) =>
    ['a=b', ''].map((body) => ({ body, ...withCookie(cookie, { 'content-type': type, ...from }) })),
  )

/** Someone who has signed in over HTTP. */
export async function signIn(server: TestServer) {
  const user = await newUser(server)
  const answer = await server.call('POST', '/auth/login', { body: { email: user.email, password } })
  const as: string = answer.body.access_token
  const me = await server.call('GET', '/me', { as })
  return { ...user, as, cookie: cookieOf(answer.headers), session_id: me.body.credential.id }
}

export const refreshWith = ({ call }: TestServer, cookie: string, headers = {}) =>
  call('POST', '/auth/refresh', withCookie(cookie, headers))

export const statusOf = async ({ call }: TestServer, as: string) =>
  (await call('GET', '/me', { as })).status

/** How this session ended, by the events that tell of it. */
export const endsOf = ({ database }: TestServer, sessionId: string) =>
  database.sql(
    `SELECT action, actor_id, after FROM audit_events
     WHERE target_id = $1 AND action = 'session.ended'`,
    [sessionId],
  )

/** An answer without what differs between any two. */
export function comparable({ status, text, headers }: Awaited<ReturnType<TestServer['call']>>) {
  const id = headers.get('x-correlation-id') ?? ''
  const kept = [...headers].filter(([name]) => !['date', 'x-correlation-id'].includes(name))
  return JSON.stringify({ status, text: text.replace(id, ''), kept })
}
