import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isLoopback } from '../../src/access/scraper.ts'
import { administrator } from '../support/constants.ts'
import { cloneDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { startProcess } from '../support/process.ts'
import { startServer, type TestServer } from '../support/server.ts'

const secret = 'a-metrics-token-of-32-characters'

let server: TestServer
let guarded: TestServer
beforeAll(async () => {
  server = await startServer()
  guarded = await startServer({ METRICS_TOKEN: secret })
})
afterAll(async () => {
  await server.close()
  await guarded.close()
})

const scrape = async (): Promise<string> => (await server.call('GET', '//metrics')).text

/** The value of one series, as it is written: `name{label="value"}`; 0 where there is none yet. */
async function levelOf(series: string): Promise<number> {
  const line = (await scrape()).split('\n').find((text) => text.startsWith(`${series} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}

async function risesBy(series: string, act: () => Promise<unknown>): Promise<number> {
  const before = await levelOf(series)
  await act()
  return (await levelOf(series)) - before
}

describe('GET /metrics', () => {
  it('counts requests by the pattern of their route, method and class of status', async () => {
    const admin = await server.given.admin()
    const other = await server.given.person()
    const count = (labels: string) => `http_request_duration_seconds_count{${labels}}`
    const route = '/api/v1/users/:id'

    const found = count(`method="GET",route="${route}",status="2xx"`)
    const ask = () => server.call('GET', `/users/${other.id}`, { as: admin.as })
    expect(await risesBy(found, ask)).toBe(1)

    const refused = count(`method="GET",route="${route}",status="4xx"`)
    expect(await risesBy(refused, () => server.call('GET', '/users/nonsense'))).toBe(1)

    const unknown = count('method="GET",route="none",status="4xx"')
    expect(await risesBy(unknown, () => server.call('GET', '//no/such/path'))).toBe(1)
  })

  it('holds no id, name, address or path that a caller made up', async () => {
    const admin = await server.given.admin()
    const tenant = await server.given.tenant()
    await server.call('GET', `/users/${admin.id}`, { as: admin.as })
    await server.call('GET', `/tenants/${tenant.id}?search=${tenant.slug}`, { as: admin.as })
    await server.call('GET', `//made-up/${tenant.slug}`)
    await server.call('POST', `/tenants/${tenant.id}`, { as: 'made-up' })

    const text = await scrape()

    expect(text).toContain('/api/v1/tenants/:id')
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|@|made-up|127\.0\.0\.1/)
    expect(text).not.toContain(tenant.slug)
  })

  it('counts authentications by their outcome', async () => {
    const { call, given } = server
    const outcome = (name: string) => `postern_authentications_total{outcome="${name}"}`
    const admin = await given.admin()
    const revoked = await given.token(admin.id, { revoked: true })
    const expired = await given.token(admin.id, {
      created_at: new Date(Date.now() - 7_200_000),
      expires_at: new Date(Date.now() - 3_600_000),
    })
    const me = (as?: string) => () => call('GET', '/me', { as })
    const signIn = () =>
      call('POST', '/auth/login', { body: { ...administrator, password: 'not the password' } })
    const create = () =>
      call('POST', '/roles', { as: admin.as, body: { name: 'r', permissions: ['users.read'] } })

    expect(await risesBy(outcome('accepted'), me(admin.as))).toBe(1)
    expect(await risesBy(outcome('accepted'), create)).toBe(1)
    expect(await risesBy(outcome('no_credential'), me())).toBe(1)
    expect(await risesBy(outcome('malformed'), me('postern_pat_nonsense'))).toBe(1)
    expect(await risesBy(outcome('revoked'), me(revoked.as))).toBe(1)
    expect(await risesBy(outcome('expired'), me(expired.as))).toBe(1)
    expect(await risesBy(outcome('access_token'), me('a.b.c'))).toBe(1)
    expect(await risesBy(outcome('sign_in_refused'), signIn)).toBe(1)
  })

  it('tells of the connections to the database', async () => {
    const client = await server.pool.connect()
    const busy = await levelOf('postern_database_connections{state="busy"}')
    client.release()
    const after = await levelOf('postern_database_connections{state="busy"}')
    expect(busy - after).toBe(1)
    expect(await levelOf('postern_database_connections{state="idle"}')).toBeGreaterThan(0)
    expect(await scrape()).toContain('postern_database_waiting_requests 0')
  })

  it('tells how many uses of tokens are yet to be written', async () => {
    const admin = await server.given.admin()
    const token = await server.given.token(admin.id)
    const use = () => server.call('GET', '/me', { as: token.as })
    await use()
    await eventually(async () => {
      const written = 'SELECT 1 FROM token_usage WHERE token_id = $1'
      return (await server.database.sql(written, [token.id])).length === 1
    })

    // A second use within the minute waits for its end.
    expect(await risesBy('postern_token_uses_pending', use)).toBe(1)
  })

  it('is text that Prometheus reads, and is not kept', async () => {
    const { status, headers } = await server.call('GET', '//metrics')

    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('tells of the process too, where there is one', async () => {
    const database = await cloneDatabase()
    const process = await startProcess({ DATABASE_URL: database.url })
    try {
      const { text } = await process.call('GET', '//metrics')
      expect(text).toContain('process_cpu_seconds_total')
      expect(text).toContain('nodejs_eventloop_lag_seconds')
      expect(text).toContain('postern_database_connections')
    } finally {
      await process.stop()
      await database.drop()
    }
  })
})

describe('GET /metrics without METRICS_TOKEN', () => {
  it.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'x-forwarded-host'])(
    'is not there for a request that was handed on: %s',
    async (name) => {
      const answer = await server.call('GET', '//metrics', { headers: { [name]: '127.0.0.1' } })

      expect(answer).toMatchObject({ status: 404, body: { error: 'not_found' } })
    },
  )

  it('is not there behind a proxy', async () => {
    const behind = await startServer({ TRUST_PROXY: '10.0.0.0/8' })
    try {
      expect((await behind.call('GET', '//metrics')).status).toBe(404)
    } finally {
      await behind.close()
    }
  })

  it.each([
    ['127.0.0.1', true],
    ['127.8.8.8', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.0.0.1', false],
    ['::ffff:10.0.0.1', false],
    ['::2', false],
    ['', false],
  ])('is there for this machine alone: %s', (ip, is) => {
    expect(isLoopback(ip)).toBe(is)
  })
})

describe('GET /metrics with METRICS_TOKEN', () => {
  const scrapeAs = (as?: string, headers = {}) => guarded.call('GET', '//metrics', { as, headers })

  it('is for whoever sends it, wherever they are', async () => {
    expect((await scrapeAs(secret)).status).toBe(200)
    expect((await scrapeAs(secret, { 'x-forwarded-for': '192.0.2.7' })).status).toBe(200)
  })

  it('is for no one else: not without a token, with another, nor with one for the API', async () => {
    const admin = await guarded.given.admin()
    const token = await guarded.given.token(admin.id, { permissions: ['*.*'], tenants: ['any'] })

    for (const as of [undefined, `${secret}x`, secret.slice(1), admin.as, token.as]) {
      const answer = await scrapeAs(as)
      expect(answer).toMatchObject({ status: 401, body: { error: 'unauthorized' } })
      expect(answer.headers.get('www-authenticate')).toContain('Bearer realm="postern"')
    }
  })

  it('opens nothing else', async () => {
    expect((await guarded.call('GET', '/me', { as: secret })).status).toBe(401)
  })
})
