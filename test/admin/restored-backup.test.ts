import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { accessTokens } from '../../src/access/access-token.ts'
import { systemClock } from '../../src/clock.ts'
import { cookieOf, withCookie } from '../modules/sign-in/people.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'
import { type Given, givenOf } from '../support/given.ts'
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
  const cookie = cookieOf(signedIn.headers)
  return { admin, token, system, as, cookie, invitation, enrolled: await enrolled(given) }
}

/** Somebody with a passkey, the recovery codes beside it, and a link to a provider. */
async function enrolled(given: Given) {
  const person = await given.withPassword()
  await given.passkey(person.id)
  const external_id = await given.externalIdentity(person.id, await given.identityProvider())
  const { body } = await server.call('POST', '/me/recovery-codes', { as: person.as })
  return { ...person, external_id, code: body.recovery_codes[0] as string }
}

type Enrolled = Awaited<ReturnType<typeof enrolled>>

/** The second step of a sign-in, by a code on paper. */
async function signInBy({ email, password, code: recovery_code }: Enrolled) {
  const { body } = await server.call('POST', '/auth/login', { body: { email, password } })
  const proof = { challenge: body.challenge, recovery_code }
  return (await server.call('POST', '/auth/second-factor', { body: proof })).status
}

const identitiesOf = async ({ id }: Enrolled, database: TestDatabase) =>
  database.sql('SELECT id FROM external_identities WHERE user_id = $1', [id])

const accept = async (token: string) =>
  (await server.call('POST', '/auth/accept-invitation', { body: { token, password } })).status

describe('A restored backup', () => {
  it('revives nothing that was issued before `npm run admin -- epoch`', async () => {
    const { admin, token, system, as, cookie, invitation, enrolled } = await issue()
    await server.stop()
    backup = await dump(live)
    server = await startProcess({ DATABASE_URL: live.url })
    await live.sql('UPDATE tokens SET revoked_at = now(), revoked_by = owner_id')
    expect((await server.call('POST', '/auth/logout', { as, ...withCookie(cookie) })).status).toBe(
      204,
    )
    expect(await accept(invitation)).toBe(204)
    expect(await signInBy(enrolled)).toBe(200)
    expect(await signInBy(enrolled)).toBe(401)
    const unlink = `/me/external-identities/${enrolled.external_id}`
    expect((await server.call('DELETE', unlink, { as: enrolled.as })).status).toBe(204)
    for (const ended of [token.as, system.as, as]) expect(await me(ended)).toBe(401)
    await server.stop()

    server = await startProcess({ DATABASE_URL: backup.url })
    // So it would be without the epoch.
    for (const revived of [token.as, system.as, as, admin.as]) expect(await me(revived)).toBe(200)

    const ran = await runAdmin({ DATABASE_URL: backup.url }, 'epoch')

    expect([ran.code, ran.stderr]).toEqual([0, ''])
    expect(ran.stdout).toContain('2 tokens, 1 invitations and 10 recovery codes ended')
    for (const revived of [token.as, system.as, as, admin.as]) expect(await me(revived)).toBe(401)
    expect(await refresh(cookie)).toBe(401)
    expect(await accept(invitation)).toBe(400)
    const body = { email: 'ada@example.com', password }
    const again = await server.call('POST', '/auth/login', { body })
    expect(await me(again.body.access_token)).toBe(200)
    expect(await signInBy(enrolled)).toBe(401)
    // Whether the backup has brought this back, or it was there all the time, only who restored it can know.
    expect(ran.stdout).toContain('--factors all')
    expect(await identitiesOf(enrolled, backup)).toHaveLength(1)
    const [event] = await backup.sql(
      `SELECT actor_name, after FROM audit_events WHERE action = 'platform.credentials_ended'`,
    )
    expect(event).toMatchObject({ actor_name: 'admin CLI', after: { tokens_revoked: 2 } })

    const database = { DATABASE_URL: backup.url }
    const later = new Date(Date.now() + 3_600_000).toISOString()
    expect((await runAdmin(database, 'epoch', '--factors', 'some')).code).toBe(1)
    const none = await runAdmin(database, 'epoch', '--factors', later)
    expect(none.stdout).toContain('Taken: 0 passkeys, 0 apps and 0 links')
    const all = await runAdmin(database, 'epoch', '--factors', 'all')
    expect(all.stdout).toContain('Taken: 1 passkeys, 0 apps and 1 links')
    expect(await identitiesOf(enrolled, backup)).toEqual([])
  })
})
