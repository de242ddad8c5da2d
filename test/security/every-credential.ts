import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { hashToken } from '../../src/access/token.ts'
import { feedOf } from '../modules/calendar-feeds/scene.ts'
import { cookieOf, withCookie } from '../modules/sign-in/people.ts'
import type { Client } from '../support/client.ts'
import type { Given } from '../support/given.ts'

export const credentials = [
  'personal access token',
  'access token',
  'session of a provider',
  'calendar feed',
  'cookie of the session',
  'cookie of the provider’s',
  'ticket to the second step',
  'reset link',
] as const
export type Credential = (typeof credentials)[number]

/** Those that one can use again. */
export const reusable = credentials.slice(0, 4)

/** What two processes answer to it, one after the other, while it is in force. One reset link ends the others. */
export const alive: Record<Credential, [number, number]> = {
  'personal access token': [200, 200],
  'access token': [200, 200],
  'session of a provider': [200, 200],
  'calendar feed': [200, 200],
  'cookie of the session': [200, 200],
  'cookie of the provider’s': [200, 200],
  'ticket to the second step': [200, 200],
  'reset link': [204, 400],
}

export const dead: Record<Credential, [number, number]> = {
  'personal access token': [401, 401],
  'access token': [401, 401],
  'session of a provider': [401, 401],
  'calendar feed': [404, 404],
  'cookie of the session': [401, 401],
  'cookie of the provider’s': [401, 401],
  'ticket to the second step': [401, 401],
  'reset link': [400, 400],
}

/** A person with everything that lets somebody in: of what is used up by its use there are two. */
export async function everyCredentialOf(given: Given, call: Client) {
  const { email, password, ...person } = await given.withPassword()
  const { id } = person
  const login = () => call('POST', '/auth/login', { body: { email, password } })
  const session = await sessionOf(call, await login())
  const { as } = session
  const token = await given.token(id)
  const provider = await given.identityProvider()
  await given.externalIdentity(id, provider)
  const fromProvider = await sessionOf(call, await login())
  await given.cameFrom(fromProvider.session_id, provider)
  const calendar = await feedOf({ call }, session)
  await given.passkey(id)
  const { body } = await call('POST', '/me/recovery-codes', { as })
  const codes: string[] = body.recovery_codes
  const tickets: string[] = [(await login()).body.challenge, (await login()).body.challenge]
  const resets = [await resetLink(given, id), await resetLink(given, id)]

  const me = async (at: Client, bearer: string) => (await at('GET', '/me', { as: bearer })).status
  const proof = (at: number) => ({ challenge: tickets[at], recovery_code: codes[at] })
  const reset = (at: number) => ({ token: resets[at], new_password: `${password}, and back` })
  const use: Record<Credential, (process: Client, at: number) => Promise<number>> = {
    'personal access token': (process) => me(process, token.as),
    'access token': (process) => me(process, as),
    'session of a provider': (process) => me(process, fromProvider.as),
    'calendar feed': async (process) => (await process('GET', calendar)).status,
    'cookie of the session': session.refresh,
    'cookie of the provider’s': fromProvider.refresh,
    'ticket to the second step': async (process, at) =>
      (await process('POST', '/auth/second-factor', { body: proof(at) })).status,
    'reset link': async (process, at) =>
      (await process('POST', '/auth/password-reset/confirm', { body: reset(at) })).status,
  }
  const { session_id } = session
  return { id, as, session_id, email, password, provider, use }
}

/** Its cookie goes on from use to use, as in a browser. */
async function sessionOf(call: Client, { body, headers }: Awaited<ReturnType<Client>>) {
  const as: string = body.access_token
  const session_id: string = (await call('GET', '/me', { as })).body.credential.id
  let cookie = cookieOf(headers)
  const refresh = async (process: Client) => {
    const answer = await process('POST', '/auth/refresh', withCookie(cookie))
    cookie = cookieOf(answer.headers) || cookie
    return answer.status
  }
  return { as, session_id, refresh }
}

export type Subject = Awaited<ReturnType<typeof everyCredentialOf>>

/** As a mail has it. */
async function resetLink({ sql }: Given, user_id: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await sql(
    `INSERT INTO password_resets (id, user_id, token_hash, expires_at)
     VALUES ($1, $2, $3, now() + interval '1 hour')`,
    [uuidv7(), user_id, hashToken(token)],
  )
  return token
}

/** What the processes answer to each credential, in the order in which none uses up another. */
export async function answersTo(
  { use }: Subject,
  processes: readonly Client[],
  names: readonly Credential[] = credentials,
) {
  const answers: [Credential, number[]][] = []
  for (const name of names) {
    const statuses: number[] = []
    for (const [at, process] of processes.entries()) statuses.push(await use[name](process, at))
    answers.push([name, statuses])
  }
  return Object.fromEntries(answers)
}
