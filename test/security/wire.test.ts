import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUser, password, refreshWith, signIn } from '../modules/sign-in/people.ts'
import { eventually } from '../support/eventually.ts'
import { operationsOf } from '../support/operations.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

/** Content types by which a schema was once skipped: in case, space, tab, order, parameter. */
const oddTypes = [
  'APPLICATION/JSON',
  'Application/Json',
  'application/json ',
  ' application/json',
  'application/json\t',
  'application/json\ta',
  'application/json;',
  'application/json ;charset=utf-8',
  'application/json; charset=utf-8',
  'application/json;charset=utf-16',
  'application/json; foo=bar',
  'application/json, text/plain',
  'text/plain, application/json',
  'application/jsonx',
  'application/vnd.api+json',
  'text/json',
  'text/plain',
]

describe('On the wire', () => {
  it.each(['CVE-2025-32442', 'CVE-2026-25223', 'CVE-2026-33806'])(
    '%s: no spelling of the content type gets a body past its schema',
    async () => {
      const admin = await server.given.admin()
      const before = await server.traces()
      for (const type of oddTypes) {
        const { status } = await server.call('POST', '/me/tokens', {
          as: admin.as,
          body: '{"name":"a","roles":["admin"],"owner_id":"x"}',
          headers: { 'content-type': type },
        })
        expect([type, [400, 415].includes(status)]).toEqual([type, true])
      }
      expect(await server.traces()).toEqual(before)
    },
  )

  it('CVE-2026-3635: a client that is no proxy is believed nothing of address, host and scheme', async () => {
    const { given, call, database } = server
    const forwarded = {
      'x-forwarded-for': '203.0.113.7',
      'x-real-ip': '203.0.113.7',
      forwarded: 'for=203.0.113.7;host=evil.example;proto=https',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    }
    const user = await newUser(server)
    const body = { email: user.email, password }
    await call('POST', '/auth/login', { body, headers: forwarded })
    const events = await database.sql(
      'SELECT host(ip) AS ip FROM audit_events WHERE actor_id = $1',
      [user.id],
    )
    expect(events).toEqual([{ ip: '127.0.0.1' }])

    const token = await given.token(user.id)
    await call('GET', '/me', { as: token.as, headers: forwarded })
    const used = () =>
      database.sql('SELECT host(last_used_ip) AS ip FROM token_usage WHERE token_id = $1', [
        token.id,
      ])
    await eventually(async () => (await used()).length > 0)
    expect(await used()).toEqual([{ ip: '127.0.0.1' }])

    const { cookie } = await signIn(server)
    const origin = { origin: 'https://evil.example', ...forwarded }
    expect((await refreshWith(server, cookie, origin)).status).toBe(403)
    expect((await refreshWith(server, cookie)).status).toBe(200)
  })

  it('CVE-2026-5807: nothing that can be done once, or by one at a time, is open to the unknown', async () => {
    const open = operationsOf(server.app).filter(({ access }) =>
      ['public', 'optional'].includes(access.kind),
    )
    const changing = open
      .filter(({ method }) => method !== 'GET')
      .map(({ operationId }) => operationId)
    // Each of these is about one person's own secret; setting up is done by the start, not by a call.
    expect(changing.sort()).toEqual(['acceptInvitation', 'login', 'logout', 'refresh'])
    const before = await server.traces()
    const strangers = Array.from({ length: 20 }, (_, at) =>
      server.call('POST', '/auth/accept-invitation', { body: { token: `guess ${at}`, password } }),
    )
    for (const { status } of await Promise.all(strangers)) expect(status).toBe(400)
    expect(await server.traces()).toEqual(before)
  })
})
