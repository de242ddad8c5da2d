import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Wire, wireTo } from '../../scripts/faults/wire.ts'
import { eventually } from '../support/eventually.ts'
import { startServer, type TestServer } from '../support/server.ts'

/** The server reaches its database through a wire that is cut and mended; the test looks around it. */
let wire: Wire
let server: TestServer
let token: string
let session: string

beforeAll(async () => {
  server = await startServer({}, async (url) => {
    wire = await wireTo(url)
    return wire.url
  })
  const admin = await server.given.admin()
  session = admin.as
  token = (await server.given.token(admin.id, { permissions: ['users.read'], tenants: ['any'] })).as
})
afterEach(async () => {
  await wire.mend()
  await eventually(async () => (await server.call('GET', '//readyz')).status === 200)
})
afterAll(async () => {
  await server.close()
  await wire.close()
})

const calls = () => [
  server.call('GET', '/me', { as: token }),
  server.call('GET', '/users', { as: token }),
  server.call('GET', '/me', { as: session }),
  server.call('POST', '/me/tokens', { as: session, body: { name: 'during an outage' } }),
  server.call('POST', '/auth/login', { body: { email: 'admin@postern.local', password: 'x' } }),
  server.call('GET', '//readyz'),
]

async function expectUnavailable(): Promise<void> {
  for (const answer of await Promise.all(calls())) {
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(answer.body).toMatchObject({ error: 'service_unavailable' })
  }
}

describe('a database that is away', () => {
  it('is 503 with Retry-After to everybody, never a 401, and nothing once it is back', async () => {
    const before = await server.traces()
    await wire.cut()
    await expectUnavailable()
    expect((await server.call('GET', '//healthz')).status).toBe(200)
    expect((await server.call('GET', '/me', { as: 'not-a-token' })).status).toBe(401)

    await wire.mend()
    await eventually(async () => (await server.call('GET', '/me', { as: token })).status === 200)
    expect(await server.traces()).toEqual(before)
  })

  it('is 503 in bounded time when it hangs rather than refuses', async () => {
    wire.hang()
    await expectUnavailable()
    await wire.mend()
    await eventually(async () => (await server.call('GET', '/me', { as: token })).status === 200)
  })

  it('is 503 to a request whose connection is killed under it', async () => {
    const calling = Promise.all(calls().slice(0, 4))
    // Of this database only: other test files are at work in the same cluster.
    await server.database.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'postern' AND datname = current_database()`,
    )
    for (const { status } of await calling) expect([200, 201, 503]).toContain(status)
    await eventually(async () => (await server.call('GET', '/me', { as: token })).status === 200)
  })
})
