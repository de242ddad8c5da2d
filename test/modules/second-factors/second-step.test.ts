import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { comparable, cookieOf, newUser } from '../sign-in/people.ts'
import { refused } from '../users/expected.ts'
import {
  age,
  begin,
  codeOf,
  environment,
  finish,
  forgetSteps,
  password,
  setPolicy,
  signIn,
  withTotp,
  wrongCode,
} from './enrolled.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer(environment)
})
afterAll(() => server.close())
afterEach(() => setPolicy(server, 'optional'))

const sessionsOf = (id: string) =>
  server.database.sql('SELECT id FROM sessions WHERE user_id = $1', [id])
const challengeOf = async (email: string) => (await begin(server, email)).body.challenge as string

describe('POST /auth/login of somebody with a second factor', () => {
  it('GHSA-xg6x-h9c9-2m83: signs nobody in, and says what is due', async () => {
    const { email, id } = await withTotp(server)
    const before = await sessionsOf(id)

    const { status, body, headers } = await begin(server, email)

    expect(status).toBe(200)
    expect(body).toEqual({
      second_factor_required: true,
      methods: ['totp'],
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      passkey_options: null,
    })
    expect(headers.get('set-cookie')).toBeNull()
    expect(headers.get('cache-control')).toBe('no-store')
    expect(await sessionsOf(id)).toEqual(before)
  })

  it('asks after the right password only, and answers a wrong one as ever', async () => {
    const { email } = await withTotp(server)
    const plain = await newUser(server)
    const wrong = (to: string) =>
      server.call('POST', '/auth/login', { body: { email: to, password: 'not the password' } })

    expect(comparable(await wrong(email))).toBe(comparable(await wrong(plain.email)))
  })

  it('asks nobody while second factors are off, and again when they are on', async () => {
    const { email } = await withTotp(server)
    await setPolicy(server, 'off')
    expect((await begin(server, email)).body.access_token).toEqual(expect.any(String))
    await setPolicy(server, 'optional')
    expect((await begin(server, email)).body.second_factor_required).toBe(true)
  })
})

describe('POST /auth/second-factor', () => {
  it('signs in, with the refresh cookie, and the session knows how', async () => {
    const { email, secret, id } = await withTotp(server)

    const answer = await finish(server, await challengeOf(email), { code: codeOf(secret) })

    expect(answer.status).toBe(200)
    expect(cookieOf(answer.headers)).not.toBe('')
    const { body } = await server.call('GET', '/me', { as: answer.body.access_token })
    expect(body.id).toBe(id)
    const [session] = await server.database.sql('SELECT auth_methods FROM sessions WHERE id = $1', [
      body.credential.id,
    ])
    expect(session).toEqual({ auth_methods: ['password', 'totp'] })
  })

  it('refuses with one answer whatever is wrong, and begins no session', async () => {
    const { email, secret, id } = await withTotp(server)
    const other = await withTotp(server)
    const code = codeOf(secret)
    const used = await challengeOf(email)
    expect((await finish(server, used, { code })).status).toBe(200)
    const late = await challengeOf(email)
    await server.database.sql(
      'UPDATE sign_in_challenges SET expires_at = now() WHERE user_id = $1',
      [id],
    )
    await forgetSteps(server, id)
    const before = await sessionsOf(id)

    const answers = [
      await finish(server, 'unknown', { code }),
      await finish(server, used, { code }),
      await finish(server, late, { code }),
      await finish(server, await challengeOf(email), { code: wrongCode(secret) }),
      await finish(server, await challengeOf(email), { code: codeOf(other.secret) }),
      await finish(server, await challengeOf(other.email), { code }),
      await finish(server, await challengeOf(email), {
        recovery_code: 'aaaaaa-aaaaaa-aaaaaa-aaaaaa',
      }),
    ]

    expect(new Set(answers.map(comparable)).size).toBe(1)
    expect(answers[0]?.status).toBe(401)
    expect(answers[0]?.headers.get('set-cookie')).toBeNull()
    expect(await sessionsOf(id)).toEqual(before)
    expect((await finish(server, await challengeOf(email), { code })).status).toBe(200)
  })

  it('lets five wrong answers end a challenge', async () => {
    const { email, secret, id } = await withTotp(server)
    const challenge = await challengeOf(email)
    const recovery_code = 'aaaaaa-aaaaaa-aaaaaa-aaaaaa'
    for (let tries = 0; tries < 4; tries += 1) await finish(server, challenge, { recovery_code })
    const another = await challengeOf(email)
    await finish(server, challenge, { recovery_code })

    expect((await finish(server, challenge, { code: codeOf(secret) })).status).toBe(401)
    await forgetSteps(server, id)
    expect((await finish(server, another, { code: codeOf(secret) })).status).toBe(200)
  })

  it('signs in one of many who answer one challenge at once', async () => {
    const { as, email, id } = await withTotp(server)
    const { recovery_codes } = (await server.call('POST', '/me/recovery-codes', { as })).body
    const before = (await sessionsOf(id)).length
    const challenge = await challengeOf(email)

    const answers = await Promise.all(
      recovery_codes
        .slice(0, 5)
        .map((recovery_code: string) => finish(server, challenge, { recovery_code })),
    )

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401])
    expect(await sessionsOf(id)).toHaveLength(before + 1)
    const { body } = await server.call('GET', '/me/second-factors', { as })
    expect(body.recovery_codes_left).toBe(9)
  })

  it.each([
    [{}],
    [{ code: '123456', recovery_code: 'aaaaaa-aaaaaa-aaaaaa-aaaaaa' }],
    [{ code: '12345' }],
    [{ code: 123456 }],
    [{ code: { not: '' } }],
    [{ code: '１２３４５６' }],
    [{ password }],
  ])('refuses %j, and writes nothing', async (proof) => {
    const { email } = await withTotp(server)
    const body = { challenge: await challengeOf(email), ...proof }
    expect((await refused(server, 'POST', '/auth/second-factor', { body })).status).toBe(400)
  })

  it('keeps of a challenge its hash only', async () => {
    const { email, id } = await withTotp(server)
    const challenge = await challengeOf(email)
    const rows = await server.database.sql<{ row: string }>(
      'SELECT c::text AS row FROM sign_in_challenges c WHERE user_id = $1',
      [id],
    )
    expect(rows).toHaveLength(1)
    const hex = Buffer.from(challenge).toString('hex')
    for (const form of [challenge, hex]) expect(rows[0]?.row).not.toContain(form)
    expect(server.logs.join()).not.toContain(challenge)
  })
})

describe('A sign-in that is half done', () => {
  it.each([
    ['the password changed', `UPDATE users SET password_hash = 'x' WHERE id = $1`],
    ['they were deactivated', `UPDATE users SET status = 'deactivated' WHERE id = $1`],
    [
      'they were deleted',
      `UPDATE users SET status = 'deactivated', deleted_at = now(), password_hash = NULL WHERE id = $1`,
    ],
  ])('ends nowhere when %s meanwhile', async (_, change) => {
    const { email, secret, id } = await withTotp(server)
    const challenge = await challengeOf(email)
    const before = await sessionsOf(id)

    await server.database.sql(change, [id])

    expect((await finish(server, challenge, { code: codeOf(secret) })).status).toBe(401)
    expect(await sessionsOf(id)).toEqual(before)
  })

  it('ends nowhere though they are active again', async () => {
    const { email, secret, id } = await withTotp(server)
    const challenge = await challengeOf(email)
    for (const status of ['deactivated', 'active']) {
      await server.database.sql('UPDATE users SET status = $2::user_status WHERE id = $1', [
        id,
        status,
      ])
    }
    expect((await finish(server, challenge, { code: codeOf(secret) })).status).toBe(401)
    await forgetSteps(server, id)
    const anew = await challengeOf(email)
    expect((await finish(server, anew, { code: codeOf(secret) })).status).toBe(200)
  })
})

describe('Where a second factor is required', () => {
  it('lets a session without one see itself and enrol, and nothing else, from the very next request', async () => {
    const { as } = await server.given.admin()
    const ask = (method: string, path: string, body?: object) =>
      server.call(method, path, { as, body })
    expect((await ask('GET', '/me/tokens')).status).toBe(200)
    await setPolicy(server, 'required')

    for (const [method, path, body] of [
      ['GET', '/me/tokens'],
      ['GET', '/users'],
      ['GET', '/authorize'],
      ['GET', '/me/sessions'],
      ['POST', '/me/tokens', { name: 'CI' }],
      ['POST', '/me/recovery-codes'],
      ['PATCH', '/settings', { second_factor: 'off' }],
    ] as const) {
      const before = await server.traces()
      const answer = await ask(method, path, body)
      expect({ path, status: answer.status, body: answer.body }).toEqual({
        path,
        status: 403,
        body: {
          error: 'second_factor_required',
          message: 'Enrol a second factor first',
          correlationId: expect.any(String),
          details: { methods: [] },
        },
      })
      expect(await server.traces()).toEqual(before)
    }
    expect((await ask('GET', '/me')).status).toBe(200)
    expect((await ask('GET', '/me/second-factors')).body.policy).toBe('required')
  })

  it('lets a session do what it may as soon as it has enrolled', async () => {
    const signedIn = await signIn(server)
    await setPolicy(server, 'required')
    expect((await server.call('GET', '/me/tokens', signedIn)).status).toBe(403)

    const { email, secret } = await withTotp(server, signedIn)

    expect((await server.call('GET', '/me/tokens', signedIn)).status).toBe(200)
    const { body } = await finish(server, await challengeOf(email), { code: codeOf(secret) })
    expect((await server.call('GET', '/me/tokens', { as: body.access_token })).status).toBe(200)
  })

  it('lets a session that has not shown the factor show it', async () => {
    const { secret, id } = await withTotp(server)
    const { as } = await server.given.session(id)
    await setPolicy(server, 'required')
    const answer = await server.call('GET', '/me/tokens', { as })
    expect(answer.body).toMatchObject({
      error: 'second_factor_required',
      details: { methods: ['totp'] },
    })

    const shown = await server.call('POST', '/auth/step-up', { as, body: { code: codeOf(secret) } })

    expect(shown.status).toBe(204)
    expect((await server.call('GET', '/me/tokens', { as })).status).toBe(200)
  })

  it('asks no token, no provider of identities and nobody whose passkey signed them in', async () => {
    const { given } = server
    const { id } = await given.person()
    const token = await given.token(id)
    await setPolicy(server, 'required')

    expect((await server.call('GET', '/me/tenants', token)).status).toBe(200)
    for (const method of ['sso', 'passkey', 'recovery_code']) {
      const { as, session_id } = await given.session(id)
      await server.database.sql('UPDATE sessions SET auth_methods = ARRAY[$2] WHERE id = $1', [
        session_id,
        method,
      ])
      expect((await server.call('GET', '/me/tokens', { as })).status).toBe(200)
    }
  })

  it('tells a service that asks about such a session nothing', async () => {
    const { given } = server
    const { as } = await given.person()
    const asker = await given.admin()
    const { as: by } = await given.token(asker.id, { permissions: ['tokens.introspect'] })
    const ask = async () =>
      (await server.call('POST', '/introspect', { as: by, body: { token: as } })).body
    expect((await ask()).active).toBe(true)
    await setPolicy(server, 'required')
    expect(await ask()).toEqual({ active: false })
  })

  it('lets a stale sign-in show the password before it enrols', async () => {
    const { as, session_id } = await signIn(server)
    await setPolicy(server, 'required')
    await age(server, session_id, 20)

    const early = await server.call('POST', '/me/totp', { as })
    expect(early.body).toMatchObject({
      error: 'reauthentication_required',
      details: { methods: ['password'] },
    })
    expect((await server.call('POST', '/auth/step-up', { as, body: { password } })).status).toBe(
      204,
    )
    expect((await server.call('POST', '/me/totp', { as })).status).toBe(200)
  })
})
