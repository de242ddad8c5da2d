import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { accessTokens } from '../../src/access/access-token.ts'
import { systemClock } from '../../src/clock.ts'
import { cookieOf, withCookie } from '../modules/sign-in/people.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'
import { givenOf } from '../support/given.ts'
import { type ServerProcess, startProcess } from '../support/process.ts'
import { runAdmin } from './run-admin.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

let live: TestDatabase
let backup: TestDatabase | undefined
let server: ServerProcess
beforeAll(async () => {
  live = await cloneDatabase()
  server = await startProcess({ DATABASE_URL: live.url })
})
afterAll(async () => {
  await server.stop('SIGKILL')
  await backup?.drop()
  await live.drop()
})

const password = 'a password of some length'
const me = async (as: string) => (await server.call('GET', '/me', { as })).status
const refresh = async (cookie: string) =>
  (await server.call('POST', '/auth/refresh', withCookie(cookie))).status

/** A copy as it is now, which only one who is alone on the database can make. */
async function dump({ url, sql }: TestDatabase): Promise<TestDatabase> {
  await sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`)
  await sql('SELECT pg_terminate_backend(pg_backend_pid())').catch(() => undefined)
  return cloneDatabase(new URL(url).pathname.slice(1))
}

async function issue() {
  const { call } = server
  const [{ secret }] = (await live.sql('SELECT secret FROM signing_keys')) as [{ secret: Buffer }]
  const given = givenOf(live, call, accessTokens(secret, '', systemClock))
  const admin = await given.admin()
  const body = { email: 'ada@example.com', name: 'Ada', password, tenants: ['any'] }
  const { id } = (await call('POST', '/users', { as: admin.as, body })).body
  const token = await given.token(id)
  const system = await given.systemToken()
  const signedIn = await call('POST', '/auth/login', { body: { email: body.email, password } })
  const invited = await call('POST', '/users', {
    as: admin.as,
    body: { email: 'new@example.com', name: 'New', tenants: ['any'] },
  })
  const invitation: string = invited.body.invitation_url.split('token=')[1]
  const as: string = signedIn.body.access_token
  return { admin, token, system, as, cookie: cookieOf(signedIn.headers), invitation }
}

const accept = async (token: string) =>
  (await server.call('POST', '/auth/accept-invitation', { body: { token, password } })).status

describe('A restored backup', () => {
  it('revives nothing that was issued before `npm run admin -- epoch`', async () => {
    const { admin, token, system, as, cookie, invitation } = await issue()
    await server.stop()
    backup = await dump(live)
    server = await startProcess({ DATABASE_URL: live.url })
    await live.sql('UPDATE tokens SET revoked_at = now(), revoked_by = owner_id')
    expect((await server.call('POST', '/auth/logout', { as, ...withCookie(cookie) })).status).toBe(
      204,
    )
    expect(await accept(invitation)).toBe(204)
    for (const ended of [token.as, system.as, as]) expect(await me(ended)).toBe(401)
    await server.stop()

    server = await startProcess({ DATABASE_URL: backup.url })
    // So it would be without the epoch.
    for (const revived of [token.as, system.as, as, admin.as]) expect(await me(revived)).toBe(200)

    const ran = await runAdmin({ DATABASE_URL: backup.url }, 'epoch')

    expect([ran.code, ran.stderr]).toEqual([0, ''])
    expect(ran.stdout).toContain('2 tokens and 1 invitations ended')
    for (const revived of [token.as, system.as, as, admin.as]) expect(await me(revived)).toBe(401)
    expect(await refresh(cookie)).toBe(401)
    expect(await accept(invitation)).toBe(400)
    const body = { email: 'ada@example.com', password }
    const again = await server.call('POST', '/auth/login', { body })
    expect(await me(again.body.access_token)).toBe(200)
    const [event] = await backup.sql(
      `SELECT actor_name, after FROM audit_events WHERE action = 'platform.credentials_ended'`,
    )
    expect(event).toMatchObject({ actor_name: 'admin CLI', after: { tokens_revoked: 2 } })
  })
})
