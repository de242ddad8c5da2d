import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bcryptPasswords } from '../../src/access/passwords.ts'
import { newUser, password, refreshWith, signIn, statusOf } from '../modules/sign-in/people.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer({ WRONG_PASSWORDS_BEFORE_WAIT: '3', TRUST_PROXY: '127.0.0.1' })
})
afterAll(() => server.close())

const from = (ip: string) => ({ 'x-forwarded-for': ip })
const login = (email: string, secret: string, ip: string) =>
  server.call('POST', '/auth/login', { body: { email, password: secret }, headers: from(ip) })

async function wrongFrom(ip: string, email: string, times: number) {
  const answers = []
  for (let at = 0; at < times; at += 1) answers.push(await login(email, 'wrong horse battery', ip))
  return answers
}
/** All headers, but for what tells one moment from another. */
function timeless(headers: Headers): Record<string, string> {
  const { date: _date, 'x-correlation-id': _id, ...rest } = Object.fromEntries(headers)
  if (rest['retry-after']) rest['retry-after'] = 'soon'
  if (rest['ratelimit']) rest['ratelimit'] = rest['ratelimit'].replace(/t=\d+/, 't=soon')
  return rest
}
const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status)

describe('Guessing a password', () => {
  it('is slowed down where it comes from, and locks nobody out', async () => {
    const victim = await signIn(server)
    const token = await server.given.token(victim.id)
    const attacker = '198.51.100.1'
    expect(statuses(await wrongFrom(attacker, victim.email, 4))).toEqual([401, 401, 401, 429])
    const before = await server.traces()

    const refused = await login(victim.email, password, attacker)

    expect(refused.status).toBe(429)
    const seconds = Number(refused.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(refused.headers.get('ratelimit-policy')).toBe('"failed-sign-ins";q=1;w=30')
    expect(refused.headers.get('ratelimit')).toBe(`"failed-sign-ins";r=0;t=${seconds}`)
    expect(await server.traces()).toEqual(before)
    expect((await login(victim.email, password, '203.0.113.5')).status).toBe(200)
    expect(await statusOf(server, victim.as)).toBe(200)
    expect(await statusOf(server, token.as)).toBe(200)
    expect((await refreshWith(server, victim.cookie, from(attacker))).status).toBe(200)
  })

  it('is answered alike whether there is such an account or not', async () => {
    const { email } = await newUser(server)
    const seen = []
    for (const [at, account] of [email, 'nobody@example.com'].entries()) {
      const answers = await wrongFrom(`198.51.100.${10 + at}`, account, 5)
      seen.push(
        answers.map(({ status, body, headers }) => ({
          status,
          body: { ...body, correlationId: null },
          headers: timeless(headers),
        })),
      )
    }
    expect(seen[0]).toEqual(seen[1])
    expect(seen[0]?.at(-1)).toMatchObject({
      status: 429,
      headers: {
        'retry-after': 'soon',
        'ratelimit-policy': '"failed-sign-ins";q=1;w=30',
        ratelimit: '"failed-sign-ins";r=0;t=soon',
      },
    })
  })

  it('is counted for one account however it is written', async () => {
    const { email } = await newUser(server)
    const ip = '198.51.100.20'
    for (const account of [email, email.toUpperCase(), email.replace('p-', 'P-')]) {
      expect((await login(account, 'wrong horse battery', ip)).status).toBe(401)
    }
    expect((await login(email, password, ip)).status).toBe(429)
  })

  it('is slowed down in a session, too, where a password is changed', async () => {
    const { as, email } = await signIn(server)
    const change = (current_password: string, ip: string) =>
      server.call('POST', '/me/password', {
        as,
        body: { current_password, new_password: 'quite another password' },
        headers: from(ip),
      })
    const answers = []
    for (let at = 0; at < 4; at += 1) answers.push(await change('not it at all', '198.51.100.30'))
    expect(statuses(answers)).toEqual([403, 403, 403, 429])
    const refused = answers[3]?.headers
    expect(refused?.get('ratelimit-policy')).toMatch(
      /^"credential";q=\d+;w=60, "failed-sign-ins";q=1;w=30$/,
    )
    expect(refused?.get('ratelimit')).toMatch(
      /^"credential";r=\d+;t=\d+, "failed-sign-ins";r=0;t=(30|2\d)$/,
    )
    expect((await change(password, '203.0.113.6')).status).toBe(204)
    expect((await login(email, 'quite another password', '203.0.113.6')).status).toBe(200)
  })
})

describe('A password whose hash was made at another cost', () => {
  it('is hashed anew at the next sign-in, and stays the password', async () => {
    const { id, email } = await newUser(server)
    const hashOf = async () => {
      const [row] = await server.database.sql('SELECT password_hash FROM users WHERE id = $1', [id])
      return row?.['password_hash'] as string
    }
    const old = await bcryptPasswords(11).hash(password)
    await server.database.sql('UPDATE users SET password_hash = $2 WHERE id = $1', [id, old])
    expect((await login(email, 'wrong horse battery', '203.0.113.7')).status).toBe(401)
    expect(await hashOf()).toBe(old)

    expect((await login(email, password, '203.0.113.7')).status).toBe(200)

    const renewed = await hashOf()
    expect(renewed).toMatch(/^\$2b\$10\$/)
    expect((await login(email, password, '203.0.113.7')).status).toBe(200)
    expect(await hashOf()).toBe(renewed)
  })
})
