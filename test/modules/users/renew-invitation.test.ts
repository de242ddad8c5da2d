import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const password = 'a long walk on the beach'

/** Somebody invited into a tenant with a role there, and who may invite, holding that role's permission. */
async function scene(held: string[] = ['users.create', 'audit.read']) {
  const { given } = server
  const tenant = await given.tenant()
  const caller = await given.person({
    tenants: [tenant.id],
    grants: [{ permissions: held, tenant_id: tenant.id }],
  })
  const user = await given.person({
    tenants: [tenant.id],
    status: 'invited',
    grants: [{ permissions: ['audit.read'], tenant_id: tenant.id }],
  })
  const renew = (as = caller.as) => server.call('POST', `/users/${user.id}/invitation`, { as })
  return { tenant, caller: { ...caller, tenant_id: tenant.id }, user, renew }
}

const tokenOf = ({ body }: { body: { invitation_url: string } }) =>
  body.invitation_url.split('#token=')[1]
const accept = async (token: string | undefined) =>
  (await server.call('POST', '/auth/accept-invitation', { body: { token, password } })).status

describe('a new invitation', () => {
  it('leads in once, and ends the one before it', async () => {
    const { user, renew } = await scene()
    const first = await renew()
    const second = await renew()

    expect(second.status).toBe(201)
    expect(second.headers.get('cache-control')).toBe('no-store')
    expect(second.body).toEqual({
      id: expect.any(String),
      user_id: user.id,
      created_at: expect.any(String),
      expires_at: expect.any(String),
      invitation_url: expect.stringContaining('/accept-invitation#token='),
    })
    expect(Date.parse(second.body.expires_at) - Date.now()).toBeGreaterThan(6 * 86_400_000)
    expect(await accept(tokenOf(first))).toBe(400)
    expect(await accept(tokenOf(second))).toBe(204)
    expect(await accept(tokenOf(second))).toBe(400)
  })

  it('is stored as a hash alone', async () => {
    const { renew } = await scene()
    const token = tokenOf(await renew()) ?? 'none'
    const rows = await server.database.sql('SELECT i::text AS row FROM invitations i')
    expect(rows.map(({ row }) => row).join()).not.toContain(token)
  })

  it.each([
    ['who does not hold all that the user holds', ['users.create']],
    ['who may not create users', ['users.read', 'audit.read']],
  ])('is not made for %s: the link would be a way to it', async (_, held) => {
    const { renew } = await scene(held)
    const before = await server.traces()
    expect((await renew()).status).toBe(403)
    expect(await server.traces()).toEqual(before)
  })

  it('is not made for who sees the user in one of two tenants', async () => {
    const { renew, user } = await scene()
    await server.given.scope(user.id, (await server.given.tenant()).id)
    const before = await server.traces()
    expect((await renew()).status).toBe(403)
    expect(await server.traces()).toEqual(before)
  })

  it('is not made by another tenant, which hears that there is nothing', async () => {
    const { renew } = await scene()
    const { caller } = await scene()
    expect((await renew(caller.as)).status).toBe(404)
  })

  it.each([
    ['active, with a password', 'active', `UPDATE users SET password_hash = 'x' WHERE id = $1`],
    [
      'active, with a passkey',
      'active',
      `INSERT INTO passkeys (id, user_id, name, credential_id, public_key, transports)
         VALUES (gen_random_uuid(), $1::uuid, 'Key', $1::text, '', '{}')`,
    ],
    ['deactivated', 'deactivated', 'SELECT $1'],
  ])('is not made for a user who is %s', async (_, status, more) => {
    const { user, renew } = await scene()
    await server.database.sql('UPDATE users SET status = $2::user_status WHERE id = $1', [
      user.id,
      status,
    ])
    await server.database.sql(more, [user.id])
    const before = await server.traces()
    expect((await renew()).status).toBe(409)
    expect(await server.traces()).toEqual(before)
  })
})

describe('Whoever was shown a link, and kept it,', () => {
  const widened = ['audit.read', 'tenants.update']

  it.each<[string, (of: Awaited<ReturnType<typeof scene>>) => Promise<unknown>]>([
    [
      'the user was given another role',
      ({ user }) => server.given.grant(user.id, { role: 'admin' }),
    ],
    [
      'the user was given another tenant',
      async ({ user }) => server.given.scope(user.id, (await server.given.tenant()).id),
    ],
    [
      'a role of theirs was widened',
      async ({ user }) => {
        const sql = `UPDATE roles SET permissions = $2 FROM grants g WHERE g.role_id = roles.id AND g.user_id = $1`
        return server.database.sql(sql, [user.id, widened])
      },
    ],
    [
      'they lost a role of their own',
      ({ caller }) => server.database.sql('DELETE FROM grants WHERE user_id = $1', [caller.id]),
    ],
    [
      'they were deactivated',
      ({ caller }) =>
        server.database.sql(`UPDATE users SET status = 'deactivated' WHERE id = $1`, [caller.id]),
    ],
  ])('comes to nothing by it once %s', async (_, change) => {
    const of = await scene()
    const token = tokenOf(await of.renew())
    await change(of)
    const before = await server.traces()
    expect(await accept(token)).toBe(400)
    expect(await server.traces()).toEqual(before)
    const { as } = await server.given.admin()
    expect(await accept(tokenOf(await of.renew(as)))).toBe(204)
  })
})

describe('A link that a token was shown', () => {
  const permissions = ['users.create', 'audit.read']

  /** Its owner holds everything, and the token what the user holds. */
  async function shown(expiry: { expires_at?: Date } = {}) {
    const { user, tenant, renew } = await scene()
    const owner = await server.given.admin()
    const token = await server.given.token(owner.id, {
      permissions,
      tenants: [tenant.id],
      ...expiry,
    })
    return { user, owner, token, link: tokenOf(await renew(token.as)) }
  }

  it('is good while the token is in force and holds all that the user holds', async () => {
    const { link } = await shown()
    expect(await accept(link)).toBe(204)
  })

  it.each<[string, (of: Awaited<ReturnType<typeof shown>>) => Promise<unknown>]>([
    [
      'is revoked',
      ({ owner, token }) =>
        server.call('DELETE', `/users/${owner.id}/tokens/${token.id}`, { as: owner.as }),
    ],
    [
      'holds less than the user was given since, though its owner holds that',
      ({ user }) => server.given.grant(user.id, { permissions: ['users.read'] }),
    ],
  ])('comes to nothing when the token %s', async (_, change) => {
    const of = await shown()
    await change(of)
    const before = await server.traces()
    expect(await accept(of.link)).toBe(400)
    expect(await server.traces()).toEqual(before)
  })

  it('comes to nothing when the token has expired', async () => {
    const expires_at = new Date(Date.now() + 1500)
    const { link } = await shown({ expires_at })
    await server.database.sql('SELECT pg_sleep_for($1 - clock_timestamp())', [expires_at])
    expect(await accept(link)).toBe(400)
  })
})

describe('The link of somebody who loses a role just then', () => {
  it('waits for what becomes of it, and is dead', async () => {
    const { caller, user, renew } = await scene()
    const token = tokenOf(await renew())
    const other = new pg.Client({ connectionString: server.database.url })
    await other.connect()
    await other.query('BEGIN')
    await other.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [caller.id])
    await other.query('DELETE FROM grants WHERE user_id = $1', [caller.id])
    const accepting = accept(token)
    await eventually(async () => {
      const waiting = await server.database.sql(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
      return waiting.length > 0
    })
    await other.query('COMMIT')
    await other.end()
    expect(await accepting).toBe(400)
    const [row] = await server.database.sql('SELECT status FROM users WHERE id = $1', [user.id])
    expect(row).toEqual({ status: 'invited' })
  })
})

describe('Somebody whose provider of identities is gone', () => {
  /** They came just in time: without a password. */
  async function jit() {
    const { given } = server
    const { user, renew, ...others } = await scene()
    await server.database.sql(`UPDATE users SET status = 'active' WHERE id = $1`, [user.id])
    const provider = await given.identityProvider()
    await given.externalIdentity(user.id, provider)
    const token = await given.token(user.id)
    const admin = await given.admin()
    const change = (method: string, body?: object) =>
      server.call(method, `/identity-providers/${provider.id}`, { as: admin.as, body })
    return { ...others, user, renew, token, change }
  }
  const login = (email: string) => server.call('POST', '/auth/login', { body: { email, password } })

  it.each([
    ['deleted', 'DELETE', undefined],
    ['disabled', 'PATCH', { is_enabled: false }],
  ])('is invited anew, sets a password and is who they were: %s', async (_, method, body) => {
    const { user, renew, token, change } = await jit()
    const before = await server.traces()
    expect((await renew()).status).toBe(409)
    expect(await server.traces()).toEqual(before)
    expect((await change(method, body)).status).toBeLessThan(300)
    const another = await server.given.session(user.id)

    const invited = await renew()
    expect(invited.status).toBe(201)
    expect(await accept(tokenOf(invited))).toBe(204)

    // Neither that link nor another one: there is a way in now.
    expect(await accept(tokenOf(invited))).toBe(400)
    expect((await renew()).status).toBe(409)
    const { body: entered } = await login(user.email)
    const me = await server.call('GET', '/me', { as: entered.access_token })
    expect(me.body.id).toBe(user.id)
    expect((await server.call('GET', '/me', { as: token.as })).status).toBe(200)
    expect((await server.call('GET', '/me', { as: another.as })).status).toBe(401)
    const [event] = await server.database.sql(
      `SELECT actor_id, after FROM audit_events
       WHERE action = 'user.password_changed' AND target_id = $1`,
      [user.id],
    )
    // Their own session of before, and the one above.
    expect(event).toEqual({ actor_id: user.id, after: { sessions_ended: 2 } })
  })

  it('is invited by a person who has just shown who they are, never by a token nor by themselves', async () => {
    const { given, database } = server
    const { user, caller, renew, token, change } = await jit()
    await change('PATCH', { is_enabled: false })
    await given.grant(user.id, { permissions: ['users.create'], tenant_id: caller.tenant_id })
    await given.grant(user.id, { permissions: ['audit.read'], tenant_id: caller.tenant_id })
    const own = await given.token(user.id, { permissions: ['*.*'], tenants: ['any'] })
    const others = await given.token(caller.id, { permissions: ['*.*'], tenants: ['any'] })
    const stale = await given.session(caller.id)
    await database.sql(
      `UPDATE sessions SET authenticated_at = now() - interval '16 minutes' WHERE id = $1`,
      [stale.session_id],
    )
    const before = await server.traces()
    for (const { as } of [token, own, others, stale]) expect((await renew(as)).status).toBe(403)
    const themselves = await given.session(user.id)
    expect((await renew(themselves.as)).status).toBe(409)
    expect(await server.traces()).toEqual({ ...before, sessions: (before['sessions'] ?? 0) + 1 })
  })

  it('comes in by the link no more once the provider lets them in again', async () => {
    const { renew, change } = await jit()
    await change('PATCH', { is_enabled: false })
    const token = tokenOf(await renew())
    await change('PATCH', { is_enabled: true })
    const before = await server.traces()
    expect(await accept(token)).toBe(400)
    expect(await server.traces()).toEqual(before)
  })
})
