import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { refreshWith, signIn, statusOf } from './people.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
const set = (idle: number, lifetime: number) =>
  server.database.sql(
    'UPDATE settings SET session_idle_minutes = $1, session_lifetime_minutes = $2',
    [idle, lifetime],
  )
beforeEach(() => set(60, 600))

/** How long this session lives, in minutes: unless it is refreshed, and at most. */
async function minutesOf(sessionId: string) {
  const [row] = await server.database.sql(
    `SELECT round(extract(epoch FROM idle_expires_at - last_used_at) / 60)::int AS idle,
       round(extract(epoch FROM expires_at - created_at) / 60)::int AS lifetime
     FROM sessions WHERE id = $1`,
    [sessionId],
  )
  return row
}

describe('The session lifetimes of the settings', () => {
  it('hold for a session that starts', async () => {
    const { session_id } = await signIn(server)
    expect(await minutesOf(session_id)).toEqual({ idle: 60, lifetime: 600 })
  })

  it('hold for a session that is there from its next refresh: the idle time as it is, a shorter lifetime', async () => {
    const { session_id, cookie } = await signIn(server)
    await set(120, 300)
    expect(await minutesOf(session_id)).toEqual({ idle: 60, lifetime: 600 })

    const { headers } = await refreshWith(server, cookie)

    expect(await minutesOf(session_id)).toEqual({ idle: 120, lifetime: 300 })
    const [row] = await server.database.sql<{ expires_at: Date }>(
      'SELECT expires_at FROM sessions WHERE id = $1',
      [session_id],
    )
    const expires = /Expires=([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? ''
    expect(Math.abs(Date.parse(expires) - Number(row?.expires_at))).toBeLessThan(1000)
  })

  it('lengthen no session beyond what it was given', async () => {
    const { session_id, cookie } = await signIn(server)
    await set(60, 6000)

    await refreshWith(server, cookie)

    expect(await minutesOf(session_id)).toEqual({ idle: 60, lifetime: 600 })
  })

  it('refuse the refresh of a session that is older than they allow, and write nothing', async () => {
    const { session_id, cookie, as } = await signIn(server)
    await server.database.sql(
      `UPDATE sessions SET created_at = now() - interval '301 minutes' WHERE id = $1`,
      [session_id],
    )
    await set(60, 300)
    const before = await server.traces()

    expect((await refreshWith(server, cookie)).status).toBe(401)

    expect(await server.traces()).toEqual(before)
    // Its access token ends by itself, in at most the quarter of an hour that it lives.
    expect(await statusOf(server, as)).toBe(200)
  })
})
