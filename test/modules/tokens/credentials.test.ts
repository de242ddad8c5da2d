import { randomBytes } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateToken } from '../../../src/access/token.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const me = (as: string | null) => server.call('GET', '/me', { as })
const newToken = (prefix = 'postern') => generateToken(prefix, 'pat', randomBytes)

/** The secret of a live token. */
async function live(): Promise<string> {
  const { given } = server
  return (await given.token((await given.person()).id)).as
}

const otherThan = (char: string | undefined) => (char === '0' ? '1' : '0')
const withWrongEnd = (token: string) => token.slice(0, -1) + otherThan(token.at(-1))

async function run<T>(count: number, job: () => Promise<T>): Promise<T[]> {
  const results: T[] = []
  while (results.length < count) {
    results.push(...(await Promise.all(Array.from({ length: 20 }, job))))
  }
  return results
}

describe('a credential that does not work', () => {
  it('gets one answer, whatever is wrong with it', async () => {
    const { given } = server
    const owner = await given.person()
    const inactive = await given.person({ status: 'deactivated' })
    const ended = { created_at: new Date(0), expires_at: new Date(Date.now() - 1000) }
    const someToken = (await given.token(owner.id)).as
    const bad = {
      revoked: (await given.token(owner.id, { revoked: true })).as,
      expired: (await given.token(owner.id, ended)).as,
      unknown: newToken(),
      malformed: 'nonsense',
      prefix: newToken('other'),
      checksum: withWrongEnd(someToken),
      'system kind of a personal token': someToken.replace('_pat_', '_sys_'),
      'deactivated owner': (await given.token(inactive.id)).as,
      'session of a deactivated owner': inactive.as,
      'access token signed by another': `${inactive.as.slice(0, -4)}AAAA`,
    }

    const answers = []
    for (const [what, as] of Object.entries(bad)) {
      const { status, text, body, headers } = await me(as)
      const kept = [...headers].filter(([name]) => !['date', 'x-correlation-id'].includes(name))
      expect(headers.get('x-correlation-id')).toBe(body.correlationId)
      const answer = { status, text: text.replace(body.correlationId, ''), headers: kept }
      answers.push({ what, answer: JSON.stringify(answer) })
    }

    const [first] = answers
    expect(answers.filter(({ answer }) => answer !== first?.answer)).toEqual([])
    expect(JSON.parse(first?.answer ?? '')).toMatchObject({
      status: 401,
      text: '{"error":"unauthorized","message":"Invalid or expired authentication token","correlationId":""}',
      headers: expect.arrayContaining([
        ['www-authenticate', 'Bearer realm="postern", error="invalid_token"'],
        ['cache-control', 'no-store'],
      ]),
    })
  })

  it('is told apart in the log only', async () => {
    const { given, logs } = server
    const owner = await given.person()
    const reasonOf = async (as: string) => {
      const { headers } = await me(as)
      const id = headers.get('x-correlation-id') ?? ''
      const lines = logs.filter((line) => line.includes(id) && line.includes('request refused'))
      return lines.map((line) => JSON.parse(line).reason)
    }

    expect(await reasonOf((await given.token(owner.id, { revoked: true })).as)).toEqual(['revoked'])
    expect(await reasonOf(newToken())).toEqual(['unknown'])
    expect(await reasonOf('nonsense')).toEqual(['malformed'])
  })

  it('gets the same body, with a bare challenge, where there is none', async () => {
    const { status, body, headers } = await me(null)

    expect(status).toBe(401)
    expect(body).toMatchObject({
      error: 'unauthorized',
      message: 'Invalid or expired authentication token',
    })
    expect(headers.get('www-authenticate')).toBe('Bearer realm="postern"')
  })

  it.each([
    ['basic', (token: string) => `Basic ${Buffer.from(`${token}:`).toString('base64')}`],
    ['no scheme', (token: string) => token],
    ['token scheme', (token: string) => `Token ${token}`],
    ['two in one', (token: string) => `Bearer ${token}, Bearer ${token}`],
    ['two words', (token: string) => `Bearer ${token} ${token}`],
    ['quoted', (token: string) => `Bearer "${token}"`],
    ['no token', () => 'Bearer '],
  ])('is refused as %s', async (_, header) => {
    const headers = { authorization: header(await live()) }

    expect((await server.call('GET', '/me', { headers })).status).toBe(401)
  })

  it('is refused unless it is the whole token and nothing else', async () => {
    const token = await live()
    const swapped = token.replace(/(.)(.)(.{6})$/, '$2$1$3')
    const variants = [
      ...Array.from({ length: token.length - 1 }, (_, at) => token.slice(0, at + 1)),
      ...Array.from({ length: token.length - 1 }, (_, at) => token.slice(at + 1)),
      `${token}0`,
      `0${token}`,
      `${token}${token}`,
      token.toUpperCase(),
      token.toLowerCase(),
      `${token}.a.b`,
      ...(swapped === token ? [] : [swapped]),
    ]

    const statuses = await Promise.all(variants.map(async (as) => (await me(as)).status))

    expect(new Set(statuses)).toEqual(new Set([401]))
    expect((await me(token)).status).toBe(200)
  })
})

describe('a credential, on a server that does nothing else', () => {
  // No token was accepted here, so there is no use to write down behind the count's back.
  let quiet: TestServer
  beforeAll(async () => {
    quiet = await startServer()
  })
  afterAll(() => quiet.close())

  async function acquiresOf(job: () => Promise<unknown>): Promise<number> {
    let acquired = 0
    const count = () => {
      acquired += 1
    }
    quiet.pool.on('acquire', count)
    await job()
    quiet.pool.off('acquire', count)
    return acquired
  }

  it('costs no query where its form is wrong', async () => {
    const { given, call } = quiet
    const token = (await given.token((await given.person()).id)).as
    const malformed = [
      () => withWrongEnd(newToken()),
      () => newToken('other'),
      () => newToken().slice(1),
      () => `${newToken()}0`,
      () => token.slice(0, -1),
      () => 'a.b.c',
      () => randomBytes(30).toString('base64url'),
    ]
    let next = 0
    const acquires = await acquiresOf(async () => {
      const answers = await run(1000, () => {
        next += 1
        return call('GET', '/me', { as: malformed[next % malformed.length]?.() })
      })
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
    })

    expect(acquires).toBe(0)
  })

  it('costs one query where its form is right', async () => {
    expect(await acquiresOf(() => quiet.call('GET', '/me', { as: newToken() }))).toBe(1)
  })
})

describe('a credential elsewhere than in the Authorization header', () => {
  it.each<[string, (token: string) => { path?: string; headers?: Record<string, string> }]>([
    ['query as access_token', (token) => ({ path: `/me?access_token=${token}` })],
    ['query as token', (token) => ({ path: `/me?token=${token}` })],
    ['query as authorization', (token) => ({ path: `/me?authorization=Bearer%20${token}` })],
    ['cookie', (token) => ({ headers: { cookie: `access_token=${token}; token=${token}` } })],
    ['refresh cookie', (token) => ({ headers: { cookie: `__Host-postern_refresh=${token}` } })],
    ['X-Api-Key', (token) => ({ headers: { 'x-api-key': token } })],
    ['Proxy-Authorization', (token) => ({ headers: { 'proxy-authorization': `Bearer ${token}` } })],
  ])('is ignored in the %s', async (_, place) => {
    const { path = '/me', headers = {} } = place(await live())

    const answer = await server.call('GET', path, { headers })

    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="postern"')
  })

  it('is ignored in the body, and nothing is written', async () => {
    const admin = await server.given.admin()
    const before = await server.traces()

    const asJson = await server.call('POST', '/me/tokens', {
      body: { name: 'a', access_token: admin.as },
    })
    const asForm = await server.call('POST', '/me/tokens', {
      body: `access_token=${admin.as}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })

    expect([asJson.status, asForm.status]).toEqual([401, 401])
    expect(await server.traces()).toEqual(before)
  })
})

describe('a credential that works', () => {
  it.each(['bearer', 'BEARER', 'Bearer', 'Bearer  '])('takes the scheme %j', async (scheme) => {
    const headers = { authorization: `${scheme} ${await live()}` }

    expect((await server.call('GET', '/me', { headers })).status).toBe(200)
  })

  it('stops at the instant of its expiry', async () => {
    const { given } = server
    const person = await given.person()
    const expires_at = new Date(Date.now() + 1500)
    const token = await given.token(person.id, { expires_at })
    expect((await me(token.as)).status).toBe(200)

    while ((await me(token.as)).status === 200) expect(Date.now()).toBeLessThan(+expires_at + 1000)

    expect(Date.now()).toBeGreaterThanOrEqual(+expires_at)
  })
})

describe('an access token', () => {
  it('is refused without our key, our algorithm or our type', async () => {
    const { given, database } = server
    const person = await given.person()
    const [row] = await database.sql<{ secret: Buffer }>('SELECT secret FROM signing_keys')
    const claims = () =>
      new SignJWT({ sid: person.session_id })
        .setSubject(person.id)
        .setIssuer('postern')
        .setAudience('postern')
        .setIssuedAt()
        .setExpirationTime('5m')
    const none = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${person.as.split('.')[1]}.`
    const forged = [
      none,
      await claims().setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).sign(randomBytes(32)),
      await claims()
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
        .sign(row?.secret ?? randomBytes(32)),
    ]

    for (const as of forged) expect((await me(as)).status).toBe(401)
    expect((await me(person.as)).status).toBe(200)
  })
})
