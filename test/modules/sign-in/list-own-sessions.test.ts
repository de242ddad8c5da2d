import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { instant } from '../users/expected.ts'
import { cookieOf, newUser, password, refreshWith, signIn } from './people.ts'

const cities = join(import.meta.dirname, '../../fixtures/GeoLite2-City-Test.mmdb')

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

type Listed = { id: string; is_current: boolean; last_used_at: string }
const list = async (as: string, query = '') => {
  const { status, body } = await server.call('GET', `/me/sessions${query}`, { as })
  expect(status).toBe(200)
  return body as { data: Listed[]; total: number }
}
const idsOf = ({ data }: { data: Listed[] }) => data.map(({ id }) => id)

describe('GET /me/sessions 200', () => {
  it('shows where and since when one is signed in, with exactly these fields', async () => {
    const { call } = server
    const { email } = await newUser(server)
    const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Firefox/144.0' }
    const signedIn = await call('POST', '/auth/login', { body: { email, password }, headers })

    const body = await list(signedIn.body.access_token)

    expect(body).toEqual({
      data: [
        {
          id: expect.any(String),
          created_at: instant,
          last_used_at: instant,
          idle_expires_at: instant,
          expires_at: instant,
          ip: '127.0.0.1',
          place: null,
          last_used_ip: '127.0.0.1',
          last_used_place: null,
          auth_methods: ['password'],
          authenticated_at: instant,
          identity_provider_id: null,
          device: 'Firefox on Linux',
          user_agent: headers['user-agent'],
          is_current: true,
        },
      ],
      total: 1,
      page: 1,
      limit: 20,
    })
  })

  it('marks the session of the call among all, and turns pages', async () => {
    const { given } = server
    const { id, as, session_id } = await signIn(server)
    const others = [await given.session(id), await given.session(id)]
    const all = [session_id, ...others.map((other) => other.session_id)]

    for (const [at, token] of [as, ...others.map((other) => other.as)].entries()) {
      const { data, total } = await list(token)
      expect(total).toBe(3)
      expect(data.filter(({ is_current }) => is_current).map((one) => one.id)).toEqual([all[at]])
    }
    const pages = [await list(as, '?limit=2'), await list(as, '?limit=2&page=2')]
    expect(pages.flatMap(idsOf).sort()).toEqual([...all].sort())
  })

  it('leaves out what ended, expired or idled out, and the sessions of others', async () => {
    const { given, database } = server
    const { id, as, session_id } = await signIn(server)
    await signIn(server)
    const past = `now() - interval '1 second'`
    for (const change of [
      `ended_at = ${past}, ended_reason = 'signed_out'`,
      `expires_at = ${past}`,
      `idle_expires_at = ${past}`,
    ]) {
      const over = await given.session(id)
      await database.sql(`UPDATE sessions SET ${change} WHERE id = $1`, [over.session_id])
    }

    expect(idsOf(await list(as))).toEqual([session_id])
  })

  it('shows the last refresh as the last use', async () => {
    const { as, cookie, session_id } = await signIn(server)
    await server.database.sql(
      `UPDATE sessions SET last_used_at = now() - interval '1 hour' WHERE id = $1`,
      [session_id],
    )
    await refreshWith(server, cookie)

    const [session] = (await list(as)).data

    expect(Date.now() - Date.parse(session?.last_used_at ?? '')).toBeLessThan(60_000)
  })
})

describe('GET /me/sessions 200, with a file of places', () => {
  it('says where the sign-in and the last refresh came from, each by its own address', async () => {
    const server = await startServer({ TRUST_PROXY: '127.0.0.1', GEOIP_DATABASE: cities })
    try {
      const { id, email } = await newUser(server)
      const from = (ip: string) => ({ 'x-forwarded-for': ip })
      const body = { email, password }
      const headers = from('2.125.160.216')
      const signedIn = await server.call('POST', '/auth/login', { body, headers })
      const refreshed = await refreshWith(server, cookieOf(signedIn.headers), from('89.160.20.112'))
      const as: string = refreshed.body.access_token

      const [session] = (await server.call('GET', '/me/sessions', { as })).body.data

      expect(session).toMatchObject({
        ip: '2.125.160.216',
        place: 'Boxford, United Kingdom',
        last_used_ip: '89.160.20.112',
        last_used_place: 'Linköping, Sweden',
      })
      const admin = await server.given.admin()
      const seen = await server.call('GET', `/users/${id}/sessions`, { as: admin.as })
      expect(seen.body.data).toEqual([{ ...session, is_current: false }])
    } finally {
      await server.close()
    }
  }, 60_000)
})

describe('GET /me/sessions 403', () => {
  it('tells a token nothing of its owner’s sessions', async () => {
    const { given, call } = server
    const admin = await given.admin()
    const { as } = await given.token(admin.id, { permissions: ['users.read'], tenants: ['any'] })

    const { status, body, text } = await call('GET', '/me/sessions', { as })

    expect([status, body.error]).toEqual([403, 'forbidden'])
    expect(text).not.toContain(admin.session_id)
  })
})
