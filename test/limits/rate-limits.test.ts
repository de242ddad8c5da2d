import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { administrator } from '../support/constants.ts'
import { startServer, type TestServer } from '../support/server.ts'

const limits = {
  RATE_LIMIT_PER_MINUTE: '5',
  SIGN_IN_LIMIT_PER_MINUTE: '3',
  FAILED_AUTHENTICATION_LIMIT_PER_MINUTE: '4',
  TRUST_PROXY: '127.0.0.1',
}

let server: TestServer
beforeAll(async () => {
  server = await startServer(limits)
})
afterAll(() => server.close())

type Answer = Awaited<ReturnType<TestServer['call']>>

let sources = 0
/** Headers of a request that comes from an address of its own. */
const fromNewSource = () => {
  sources += 1
  return { 'x-forwarded-for': `198.51.100.${sources}` }
}

async function repeat(times: number, call: () => Promise<Answer>): Promise<Answer[]> {
  const answers = []
  for (let at = 0; at < times; at += 1) answers.push(await call())
  return answers
}

const statuses = (answers: Answer[]) => answers.map(({ status }) => status)

function expectRefusal(answer: Answer | undefined, policy: string, quota: number) {
  expect(answer?.status).toBe(429)
  expect(answer?.body).toEqual({
    error: 'rate_limited',
    message: expect.any(String),
    correlationId: answer?.headers.get('x-correlation-id'),
  })
  const seconds = Number(answer?.headers.get('retry-after'))
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(60)
  expect(answer?.headers.get('ratelimit-policy')).toContain(`"${policy}";q=${quota};w=60`)
  expect(answer?.headers.get('ratelimit')).toContain(`"${policy}";r=0;t=${seconds}`)
}

describe('the limits of strangers', () => {
  it('count every operation that asks for no credential', () => {
    const uncounted = server.app.routes
      .filter(({ schema, config }) => {
        const { access, countsAsSignIn, countsBySource } = config ?? {}
        const isOpen = access?.kind === 'public' || access?.kind === 'optional'
        return schema?.operationId && isOpen && !countsAsSignIn && !countsBySource
      })
      .map(({ url }) => url)
    // Documents, and what watches over the server.
    const free = ['/api/v1/openapi.json', '/api/v1/docs', '/healthz', '/readyz', '/metrics']
    expect(uncounted.filter((url) => !free.includes(url))).toEqual([])
  })

  it('refuse who ends sessions with invented cookies, before the database is asked', async () => {
    const headers = { ...fromNewSource(), cookie: '__Host-postern_refresh=invented' }
    const answers = await repeat(6, () => server.call('POST', '/auth/logout', { headers }))
    expect(statuses(answers)).toEqual([204, 204, 204, 204, 204, 429])
    expectRefusal(answers[5], 'source', 5)
  })
})

describe('the limit of a credential', () => {
  it('lets as many requests through, says in each answer what is left, and refuses the next', async () => {
    const { as } = await server.given.person()

    const answers = await repeat(6, () => server.call('GET', '/me', { as }))

    expect(statuses(answers)).toEqual([200, 200, 200, 200, 200, 429])
    for (const [at, { headers }] of answers.slice(0, 5).entries()) {
      expect(headers.get('ratelimit-policy')).toBe('"credential";q=5;w=60')
      expect(headers.get('ratelimit')).toMatch(new RegExp(`^"credential";r=${4 - at};t=(60|5\\d)$`))
      expect(headers.get('retry-after')).toBeNull()
    }
    expectRefusal(answers[5], 'credential', 5)
  })

  it('counts what is refused, and tells its headers there too', async () => {
    const { as } = await server.given.person()
    const before = await server.traces()

    const forbidden = await server.call('GET', '/roles', { as })
    const missing = await server.call('GET', '/users/nonsense/grants', { as })
    const wrong = await server.call('POST', '/me/tokens', { as, body: { nonsense: true } })

    expect(statuses([forbidden, missing, wrong])).toEqual([403, 403, 400])
    const left = [forbidden, missing, wrong].map(({ headers }) => headers.get('ratelimit'))
    expect(left.map((field) => field?.split(';')[1])).toEqual(['r=4', 'r=3', 'r=2'])
    expect(await server.traces()).toEqual(before)
  })

  it('counts a request that changes something once', async () => {
    const { as } = await server.given.admin()
    const body = { name: 'counted once', permissions: ['users.read'] }

    const { status, headers } = await server.call('POST', '/roles', { as, body })

    expect(status).toBe(201)
    expect(headers.get('ratelimit')).toContain('r=4')
  })

  it('changes nothing where it refuses', async () => {
    const { as } = await server.given.admin()
    await repeat(5, () => server.call('GET', '/me', { as }))
    const before = await server.traces()

    const body = { name: 'too much', permissions: ['users.read'] }
    expectRefusal(await server.call('POST', '/roles', { as, body }), 'credential', 5)
    expect(await server.traces()).toEqual(before)
  })

  it('is that of one credential: others of the same owner and the same address have their own', async () => {
    const person = await server.given.person()
    const token = await server.given.token(person.id)
    await repeat(6, () => server.call('GET', '/me', { as: person.as }))

    expect((await server.call('GET', '/me', { as: person.as })).status).toBe(429)
    expect((await server.call('GET', '/me', { as: token.as })).status).toBe(200)
  })

  it('does not keep a revoked credential from its 401', async () => {
    const person = await server.given.person()
    await repeat(6, () => server.call('GET', '/me', { as: person.as }))
    await server.database.sql(
      `UPDATE sessions SET ended_at = now(), ended_reason = 'signed_out' WHERE id = $1`,
      [person.session_id],
    )

    const headers = fromNewSource()
    expect((await server.call('GET', '/me', { as: person.as, headers })).status).toBe(401)
  })
})

describe('the limit of sign-ins', () => {
  const signIn = (headers: Record<string, string>, password = administrator.password) =>
    server.call('POST', '/auth/login', { body: { ...administrator, password }, headers })

  it('counts good and bad ones, and accepted invitations, by the address they come from', async () => {
    const headers = fromNewSource()
    const invitation = { token: 'none', password: 'a long enough password' }

    const answers = [
      await signIn(headers),
      await signIn(headers, 'not the password'),
      await server.call('POST', '/auth/accept-invitation', { body: invitation, headers }),
    ]
    const before = await server.traces()
    const refused = await signIn(headers)

    expect(statuses(answers)).toEqual([200, 401, 400])
    expect(answers.map(({ headers: told }) => told.get('ratelimit'))).toEqual([null, null, null])
    expectRefusal(refused, 'sign-in', 3)
    expect(await server.traces()).toEqual(before)
    expect((await signIn(fromNewSource())).status).toBe(200)
  })

  it('leads a browser on its way to a provider to a sentence, and tells others as ever', async () => {
    const source = fromNewSource()
    const { id } = await server.given.identityProvider()
    const start = (accept: string, return_to = '/settings/tokens') =>
      fetch(`${server.url}/api/v1/auth/sso/${id}/start?${new URLSearchParams({ return_to })}`, {
        headers: { ...source, accept },
        redirect: 'manual',
      })
    const page = 'text/html,application/xhtml+xml,*/*;q=0.8'
    for (let at = 0; at < 3; at += 1) await start(page)
    const before = await server.traces()

    const refused = await start(page)
    expect(refused.status).toBe(302)
    expect(refused.headers.get('location')).toBe(
      `/sign-in?${new URLSearchParams({
        error: 'sso_unavailable',
        correlation_id: refused.headers.get('x-correlation-id') ?? '',
        from: '/settings/tokens',
      })}`,
    )
    expect((await start(page, '//evil.example')).headers.get('location')).not.toContain('evil')
    expect((await start('*/*')).status).toBe(429)
    expect(await server.traces()).toEqual(before)
  })

  it('counts guesses of the password that a signed-in person would change', async () => {
    const { as } = await server.given.person()
    const headers = fromNewSource()
    const body = { current_password: 'a guess', new_password: 'a long enough password' }

    const answers = await repeat(4, () =>
      server.call('POST', '/me/password', { as, headers, body }),
    )

    expect(answers[2]?.status).not.toBe(429)
    expectRefusal(answers[3], 'sign-in', 3)
    expect(answers[3]?.headers.get('ratelimit')).toContain('"credential";r=1')
  })

  it('takes the addresses of one /64 for one', async () => {
    const from = (end: string) => ({ 'x-forwarded-for': `2001:db8:1:2:${end}` })

    const ends = [':1', ':2', 'a:b:c:d', 'ffff::']
    const answers = []
    for (const end of ends) answers.push(await signIn(from(end)))

    expect(statuses(answers)).toEqual([200, 200, 200, 429])
    expect((await signIn({ 'x-forwarded-for': '2001:db8:1:3::1' })).status).toBe(200)
  })

  it('does not believe an address that no trusted proxy tells', async () => {
    const direct = await startServer({ ...limits, TRUST_PROXY: '' })
    try {
      const body = { ...administrator, password: 'not the password' }
      const answers = await repeat(4, () =>
        direct.call('POST', '/auth/login', { body, headers: fromNewSource() }),
      )
      expect(statuses(answers)).toEqual([401, 401, 401, 429])
    } finally {
      await direct.close()
    }
  })
})

describe('the limit of failed authentications', () => {
  const guess = (headers: Record<string, string>) =>
    server.call('GET', '/me', { as: 'postern_pat_nonsense', headers })

  it('answers 429 to whoever failed too often, and logs why', async () => {
    const headers = fromNewSource()

    const answers = await repeat(5, () => guess(headers))

    expect(statuses(answers)).toEqual([401, 401, 401, 401, 429])
    expectRefusal(answers[4], 'failed-authentication', 4)
    const id = answers[4]?.body.correlationId
    const lines = server.logs.filter((line) => line.includes(id)).join('')
    expect(lines).toContain('failed-authentication malformed')
  })

  it('locks no valid credential out, from the same address or any other', async () => {
    const headers = fromNewSource()
    await repeat(5, () => guess(headers))
    const person = await server.given.person()
    const token = await server.given.token(person.id)

    expect((await guess(headers)).status).toBe(429)
    for (const as of [person.as, token.as]) {
      expect((await server.call('GET', '/me', { as, headers })).status).toBe(200)
    }
    expect((await guess(fromNewSource())).status).toBe(401)
  })

  it('counts refresh cookies that are none, too', async () => {
    const headers = { ...fromNewSource(), cookie: '__Host-postern_refresh=nonsense' }

    const answers = await repeat(5, () => server.call('POST', '/auth/refresh', { headers }))

    expect(statuses(answers)).toEqual([401, 401, 401, 401, 429])
  })
})

describe('limits of 0', () => {
  it('are none, and no answer speaks of them', async () => {
    const zero = Object.fromEntries(Object.keys(limits).map((name) => [name, '0']))
    const unlimited = await startServer({ ...zero, TRUST_PROXY: '' })
    try {
      const { as } = await unlimited.given.person()
      const answers = [
        ...(await repeat(10, () => unlimited.call('GET', '/me', { as }))),
        await unlimited.call('POST', '/auth/login', { body: administrator }),
      ]
      expect(new Set(statuses(answers))).toEqual(new Set([200]))
      const names = answers.flatMap(({ headers }) => [...headers.keys()])
      expect(names.filter((name) => name.startsWith('ratelimit'))).toEqual([])
    } finally {
      await unlimited.close()
    }
  })
})

describe('the questions of gateways and other services', () => {
  it('are not counted, for they are about requests that are counted elsewhere', async () => {
    const { as } = await server.given.admin()
    const headers = fromNewSource()
    const ask = () => server.call('GET', '/authorize', { as, headers })
    const body = { token: as }
    const introspect = () => server.call('POST', '/introspect', { as, headers, body })
    const refuse = () => server.call('GET', '/authorize', { as: 'nonsense', headers })

    const answers = [
      ...(await repeat(6, ask)),
      ...(await repeat(6, introspect)),
      ...(await repeat(6, refuse)),
    ]

    expect(statuses(answers)).toEqual([204, 200, 401].flatMap((status) => Array(6).fill(status)))
    expect(answers.map(({ headers: told }) => told.get('ratelimit'))).toEqual(Array(18).fill(null))
  })
})

describe('the API document', () => {
  it('has 429 for every operation but those of gateways', async () => {
    const { body } = await server.call('GET', '/openapi.json')
    const operations = Object.values(body.paths as Record<string, object>).flatMap((methods) =>
      Object.values(methods),
    ) as { operationId: string; responses: Record<string, unknown> }[]

    expect(operations.length).toBeGreaterThan(40)
    const without = operations.filter(({ responses }) => !('429' in responses))
    expect(without.map(({ operationId }) => operationId).sort()).toEqual([
      'authorize',
      'introspect',
    ])
  })
})
