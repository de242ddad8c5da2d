import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientOf } from '../../support/client.ts'
import { eventually } from '../../support/eventually.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { comparable, cookieOf, newUser, password, signIn, statusOf } from './people.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const login = (body: unknown, headers: Record<string, string> = {}) =>
  server.call('POST', '/auth/login', { body, headers })

describe('POST /auth/login 200', () => {
  it('answers with an access token and the refresh cookie', async () => {
    const { email } = await newUser(server)

    const { status, body, headers } = await login({ email, password })

    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
    })
    const [pair = '', ...attributes] = (headers.get('set-cookie') ?? '').split('; ')
    expect(pair).toMatch(/^__Host-postern_refresh=[\w-]{43}$/)
    expect(attributes.filter((one) => !one.startsWith('Expires=')).sort()).toEqual([
      'HttpOnly',
      'Path=/',
      'SameSite=Strict',
      'Secure',
    ])
    expect(await statusOf(server, body.access_token)).toBe(200)
  })

  it('is kept by no cache', async () => {
    const { email } = await newUser(server)

    const { headers } = await login({ email, password })

    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('puts the ids of the person and of the session into the access token, and no right', async () => {
    const { id, as, session_id } = await signIn(server)
    const [head, claims] = as
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))

    expect(head).toEqual({ alg: 'HS256', typ: 'at+jwt' })
    expect(claims).toEqual({
      sub: id,
      sid: session_id,
      iss: 'postern',
      aud: 'postern',
      iat: expect.any(Number),
      exp: claims.iat + 900,
    })
  })

  it('starts a session of its own each time, with its event', async () => {
    const { id, email } = await newUser(server)
    await login({ email, password })
    await login({ email, password }, { 'user-agent': 'a browser' })

    const events = await server.database.sql(
      `SELECT e.action, e.target_id FROM audit_events e WHERE actor_id = $1 ORDER BY at, id`,
      [id],
    )
    const sessions = await server.database.sql(
      `SELECT id, host(ip) AS ip, user_agent FROM sessions WHERE user_id = $1 ORDER BY created_at, id`,
      [id],
    )
    expect(sessions).toHaveLength(2)
    expect(sessions[1]).toMatchObject({ ip: '127.0.0.1', user_agent: 'a browser' })
    expect(events).toEqual(
      sessions.map((session) => ({ action: 'session.created', target_id: session['id'] })),
    )
  })

  it('tells when the person last signed in', async () => {
    const { id, email } = await newUser(server)
    const start = Date.now()

    await login({ email, password })

    const [row] = await server.database.sql('SELECT last_sign_in_at FROM users WHERE id = $1', [id])
    expect(Math.abs(+row?.['last_sign_in_at'] - start)).toBeLessThan(5000)
  })

  it('takes the e-mail address in any case', async () => {
    const { email } = await newUser(server)

    expect((await login({ email: email.toUpperCase(), password })).status).toBe(200)
  })

  it('compares the whole of a password that is longer than bcrypt reads', async () => {
    const secret = 'x'.repeat(73)
    const { email } = await newUser(server, { secret })

    expect((await login({ email, password: secret })).status).toBe(200)
    for (const other of [`${'x'.repeat(72)}y`, 'x'.repeat(72), 'x'.repeat(74)]) {
      expect((await login({ email, password: other })).status).toBe(401)
    }
  })

  it('takes both forms of an accented letter for one', async () => {
    const { email } = await newUser(server, { secret: 'caf\u00e9 caf\u00e9 caf\u00e9' })

    expect((await login({ email, password: 'cafe\u0301 cafe\u0301 cafe\u0301' })).status).toBe(200)
  })

  it.each(['unknown', '192.0.2.7:5678'])('takes a caller whom a proxy calls %s', async (caller) => {
    const proxied = await startServer({ TRUST_PROXY: '127.0.0.1' })
    const { email } = await newUser(proxied)

    const { status } = await proxied.call('POST', '/auth/login', {
      body: { email, password },
      headers: { 'x-forwarded-for': caller },
    })

    await proxied.close()
    expect(status).toBe(200)
  })
})

/** Each way not to be let in, as a body to sign in with. */
async function refusedOnes() {
  const secretOf = async (options: Parameters<typeof newUser>[1]) => ({
    email: (await newUser(server, options)).email,
    password,
  })
  const { email } = await newUser(server)
  return {
    unknown: { email: 'nobody@example.com', password },
    'wrong password': { email, password: 'not the password' },
    'password in other case': { email, password: password.toUpperCase() },
    '73 bytes': { email, password: 'x'.repeat(73) },
    '1000 characters': { email, password: 'é'.repeat(1000) },
    invited: await secretOf({ status: 'invited', secret: null }),
    'invited, with a planted password': await secretOf({ status: 'invited' }),
    deactivated: await secretOf({ status: 'deactivated' }),
    deleted: await secretOf({ deleted: true }),
    'active without a password': await secretOf({ secret: null }),
    'a service account with a planted password': await secretOf({ is_service_account: true }),
  }
}

describe('POST /auth/login 401', () => {
  it('gives one answer, whatever the reason, and writes nothing', async () => {
    const bodies = await refusedOnes()
    const before = await server.traces()
    const answers = []
    for (const [what, body] of Object.entries(bodies)) {
      answers.push({ what, answer: comparable(await login(body)) })
    }

    const [first] = answers
    expect(answers.filter(({ answer }) => answer !== first?.answer)).toEqual([])
    expect(first?.answer).toContain('"error\\":\\"unauthorized')
    expect(first?.answer).not.toContain('set-cookie')
    expect(await server.traces()).toEqual(before)
  })

  it('takes as long, whatever the reason', async () => {
    const bodies = await refusedOnes()
    const times = new Map<string, number[]>(Object.keys(bodies).map((what) => [what, []]))
    for (let sample = 0; sample < 15; sample += 1) {
      for (const [what, body] of Object.entries(bodies)) {
        const start = performance.now()
        await login(body)
        times.get(what)?.push(performance.now() - start)
      }
    }
    const medians = [...times].map(([what, samples]) => ({
      what,
      median: samples.sort((a, b) => a - b)[7] ?? 0,
    }))

    // One that skipped bcrypt would take a tenth of the others.
    const slowest = Math.max(...medians.map(({ median }) => median))
    expect(medians.filter(({ median }) => median < slowest / 4)).toEqual([])
  }, 60_000)

  it('takes no session along from before', async () => {
    const { as, email } = await signIn(server)

    const answer = await server.call('POST', '/auth/login', {
      as,
      body: { email, password: 'not the password' },
    })

    expect(answer.status).toBe(401)
  })
})

describe('POST /auth/login 400', () => {
  it.each<[string, unknown]>([
    ['email', { password }],
    ['password', { email: 'a@example.com' }],
    ['email', { email: { not: '' }, password }],
    ['email', { email: ['a@example.com'], password }],
    ['email', { email: null, password }],
    ['email', { email: 'no address', password }],
    ['email', { email: 'a\0@example.com', password }],
    ['email', { email: `${'a'.repeat(250)}@example.com`, password }],
    ['password', { email: 'a@example.com', password: { not: '' } }],
    ['password', { email: 'a@example.com', password: { contains: '' } }],
    ['password', { email: 'a@example.com', password: true }],
    ['password', { email: 'a@example.com', password: 7 }],
    ['password', { email: 'a@example.com', password: '' }],
    ['password', { email: 'a@example.com', password: 'x'.repeat(1025) }],
    ['password', { email: 'a@example.com', password: `${password}\0` }],
    ['password', { email: 'a@example.com', password: `${password}\ud800` }],
    ['remember', { email: 'a@example.com', password, remember: true }],
  ])('names %s of %j, and writes nothing', async (field, body) => {
    const before = await server.traces()

    const answer = await login(body)

    expect(answer.status).toBe(400)
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toEqual([field])
    expect(await server.traces()).toEqual(before)
  })

  it('refuses a form, which a page of another site could send', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }

    expect((await login('email=a%40example.com&password=x', headers)).status).toBe(415)
  })
})

describe('POST /auth/login in a flood', () => {
  it('lets some wait, tells the rest to come back, and serves everybody else', async () => {
    const { given } = server
    const call = clientOf(server.url)
    const { email } = await newUser(server)
    const token = await given.token((await given.person()).id)
    const logged = server.logs.length
    let pending = 200
    const flood = Promise.all(
      Array.from({ length: pending }, async () => {
        const body = { email, password: 'not the password' }
        const answer = await call('POST', '/auth/login', { body })
        pending -= 1
        return answer
      }),
    )
    const others = []
    while (pending > 0) others.push((await call('GET', '/me', { as: token.as })).status)
    const answers = await flood
    const full = server.logs.slice(logged).filter((line) => line.includes('too many passwords'))
    expect(new Set(full.map((line) => JSON.parse(line).level))).toEqual(new Set([40]))
    expect(full.join()).not.toContain('stack')

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 503]))
    for (const { status, body, headers } of answers) {
      if (status !== 503) continue
      expect(body.error).toBe('service_unavailable')
      expect(headers.get('retry-after')).toMatch(/^\d+$/)
    }
    expect(others.length).toBeGreaterThan(0)
    expect(new Set(others)).toEqual(new Set([200]))
    expect((await call('GET', '//readyz')).status).toBe(200)
    const after = await login({ email, password })
    expect(after.status).toBe(200)
    expect(cookieOf(after.headers)).not.toBe('')
  }, 120_000)

  it('is told to come back before its body is read, while as many wait as may', async () => {
    const { email } = await newUser(server)
    const call = clientOf(server.url)
    const noJson = async () => (await call('POST', '/auth/login', { body: 'no JSON' })).status
    const body = { email, password: 'not the password' }
    const client = await server.pool.connect()
    await client.query('BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE')
    const crowd = Array.from({ length: 60 }, () => call('POST', '/auth/login', { body }))
    try {
      await eventually(async () => (await noJson()) === 503)
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
    const answers = (await Promise.all(crowd)).map(({ status }) => status)
    expect(answers.filter((status) => status === 401).length).toBeGreaterThan(30)
    expect(await noJson()).toBe(400)
  }, 60_000)
})
