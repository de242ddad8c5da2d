import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProcess } from '../../support/process.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { newUser, password, refreshWith, signIn } from '../sign-in/people.ts'
import { idsOfNothing, leaveActive, refused, systemPrincipal, withoutId } from './expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const administratorOf = (tenant_id: string) =>
  server.given.person({ tenants: [tenant_id], grants: [{ role: 'tenant-admin', tenant_id }] })
const remove = (as: string, id: string) => server.call('DELETE', `/users/${id}`, { as })
const statusOf = async (as: string) => (await server.call('GET', '/me', { as })).status

describe('DELETE /users/{id} 204', () => {
  it('ends every token and session at once, on a second process too', async () => {
    const { given, call, database } = server
    const { as: admin } = await given.admin()
    const user = await signIn(server)
    const tokens = [await given.token(user.id), await given.token(user.id)]
    const credentials = [user.as, ...tokens.map(({ as }) => as)]
    const other = await startProcess({ DATABASE_URL: database.url })
    try {
      const onOther = async (as: string) => (await other.call('GET', '/me', { as })).status
      for (const as of credentials) expect(await onOther(as)).toBe(200)

      const { status, text } = await remove(admin, user.id)

      expect({ status, text }).toEqual({ status: 204, text: '' })
      const bad = withoutId((await call('GET', '/me', { as: 'nonsense' })).body)
      for (const as of credentials) {
        expect(await onOther(as)).toBe(401)
        const answer = await call('GET', '/me', { as })
        expect([answer.status, withoutId(answer.body)]).toEqual([401, bad])
      }
      expect((await refreshWith(server, user.cookie)).status).toBe(401)
    } finally {
      await other.stop()
    }
  })

  it('leaves a tombstone with revoked tokens and ended sessions, and no grant and no password', async () => {
    const { given, database } = server
    const admin = await given.admin()
    const user = await newUser(server)
    await given.grant(user.id, { role: 'read-only' })
    await given.session(user.id)
    const token = await given.token(user.id)
    const revoked = await given.token(user.id, { revoked: true })
    const endOf = (id: string) =>
      database.sql('SELECT revoked_at, revoked_by, revoked_reason FROM tokens WHERE id = $1', [id])
    const before = await endOf(revoked.id)

    await remove(admin.as, user.id)

    const [tombstone] = await database.sql(
      'SELECT email, status, password_hash, deleted_at IS NOT NULL AS gone FROM users WHERE id = $1',
      [user.id],
    )
    expect(tombstone).toEqual({
      email: user.email,
      status: 'deactivated',
      password_hash: null,
      gone: true,
    })
    expect(await endOf(token.id)).toEqual([
      {
        revoked_at: expect.any(Date),
        revoked_by: admin.id,
        revoked_reason: 'its owner was deleted',
      },
    ])
    expect(await endOf(revoked.id)).toEqual(before)
    const rest = (table: string, what: string) =>
      database.sql(`SELECT ${what} FROM ${table} WHERE user_id = $1`, [user.id])
    expect(await rest('grants', 'id')).toEqual([])
    expect(await rest('sessions', 'ended_reason')).toEqual([{ ended_reason: 'user_deleted' }])
  })

  it('is in no list and under no address any more', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const caller = await administratorOf(tenant.id)
    const user = await given.person({ tenants: [tenant.id] })
    await remove(caller.as, user.id)

    const { as } = caller
    for (const path of ['', '/grants', '/effective-permissions', '/tokens']) {
      expect((await call('GET', `/users/${user.id}${path}`, { as })).status).toBe(404)
    }
    for (const path of ['/users', `/tenants/${tenant.id}/members`]) {
      const { body } = await call('GET', `${path}?search=${user.email}`, { as })
      expect(body).toMatchObject({ data: [], total: 0 })
    }
    for (const way of ['activate', 'deactivate']) {
      expect((await refused(server, 'POST', `/users/${user.id}/${way}`, { as })).status).toBe(404)
    }
    expect((await refused(server, 'DELETE', `/users/${user.id}`, { as })).status).toBe(404)
  })

  it('signs nobody in by the old password or the old invitation', async () => {
    const { given, call } = server
    const admin = await given.admin()
    const user = await newUser(server)
    const invited = await call('POST', '/users', {
      as: admin.as,
      body: { email: `x-${user.email}`, name: 'Grace', tenants: ['any'] },
    })
    const token = invited.body.invitation_url.split('token=')[1]
    for (const id of [user.id, invited.body.id]) await remove(admin.as, id)

    const login = { email: user.email, password }
    expect((await refused(server, 'POST', '/auth/login', { body: login })).status).toBe(401)
    const accept = { token, password }
    const answer = await refused(server, 'POST', '/auth/accept-invitation', { body: accept })
    expect(answer.status).toBe(400)
  })

  it('frees the address for a new person, who has a new id and nothing of the old one', async () => {
    const { given, call, database } = server
    const tenant = await given.tenant()
    const admin = await given.admin()
    const old = await given.person({ tenants: [tenant.id], grants: [{ role: 'tenant-admin' }] })
    const token = await given.token(old.id)
    await call('PATCH', `/tenants/${tenant.id}`, { as: old.as, body: { name: 'Renamed' } })
    const events = () =>
      database.sql(
        `SELECT id, actor_id, actor_name, target_id FROM audit_events
         WHERE actor_id::text = $1 OR target_id = $1 ORDER BY at, id`,
        [old.id],
      )
    await remove(admin.as, old.id)
    const history = await events()
    expect(history).toHaveLength(2)

    const body = { email: old.email.toUpperCase(), name: 'Namesake', password, tenants: [] }
    const created = await call('POST', '/users', { as: admin.as, body })

    expect(created.status).toBe(201)
    expect(created.body).toMatchObject({ email: old.email, tenants: [], status: 'active' })
    expect(created.body.id).not.toBe(old.id)
    const signedIn = await call('POST', '/auth/login', { body: { email: old.email, password } })
    const me = (await call('GET', '/me', { as: signedIn.body.access_token })).body
    expect(me).toMatchObject({ id: created.body.id, tenants: [], authority: [] })
    expect([await statusOf(token.as), await statusOf(old.as)]).toEqual([401, 401])
    // What the old person did and what was done to them stays theirs.
    expect(await events()).toEqual(history)
    const { body: found } = await call('GET', `/audit-events?actor_id=${old.id}`, { as: admin.as })
    expect(found.data.map(({ actor_name }: { actor_name: string }) => actor_name)).toEqual([
      old.email,
    ])
    const ofNew = await call('GET', `/audit-events?actor_id=${me.id}`, { as: admin.as })
    const actions = ofNew.body.data.map(({ action }: { action: string }) => action)
    expect(actions).toEqual(['session.created'])
  })

  it('lets one of two deletions through', async () => {
    const { given, database } = server
    const { as } = await given.admin()
    const { id } = await given.person({ tenants: ['any'] })

    const answers = await Promise.all([remove(as, id), remove(as, id)])

    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404])
    const events = `SELECT id FROM audit_events WHERE target_id = $1 AND action = 'user.deleted'`
    expect(await database.sql(events, [id])).toHaveLength(1)
  })
})

describe('DELETE /users/{id} 403', () => {
  it('refuses over a user who is also where the caller has no say', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const { as } = await administratorOf(a.id)
    for (const tenants of [[a.id, b.id], ['any']]) {
      const user = await given.person({ tenants })
      const answer = await refused(server, 'DELETE', `/users/${user.id}`, { as })
      expect(answer.status).toBe(403)
      expect(answer.text).not.toContain(b.id)
      expect(await statusOf(user.as)).toBe(200)
    }
  })

  it('refuses a tenant’s administrator over one of the platform', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await administratorOf(tenant.id)
    const user = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['roles.write'] }],
    })
    const answer = await refused(server, 'DELETE', `/users/${user.id}`, { as })
    expect([answer.status, answer.body.details.permission]).toEqual([403, 'roles.write'])
    expect(await statusOf(user.as)).toBe(200)
  })
})

describe('DELETE /users/{id} 404', () => {
  it('answers alike for another tenant’s user, the system’s and none', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const { as } = await administratorOf(a.id)
    const far = await given.person({ tenants: [b.id] })
    for (const id of [far.id, systemPrincipal, ...idsOfNothing]) {
      const answer = await refused(server, 'DELETE', `/users/${id}`, { as })
      expect({ id, status: answer.status }).toEqual({ id, status: 404 })
    }
    expect(await statusOf(far.as)).toBe(200)
  })
})

describe('DELETE /users/{id} 409', () => {
  it('keeps the last active administrator', async () => {
    const { given } = server
    const [last, other] = [await given.admin(), await given.admin()]
    await leaveActive(server, last.id, other.id)
    expect((await remove(last.as, other.id)).status).toBe(204)

    const answer = await refused(server, 'DELETE', `/users/${last.id}`, { as: last.as })

    expect([answer.status, answer.body.error]).toEqual([409, 'conflict'])
    expect(await statusOf(last.as)).toBe(200)
  })
})
