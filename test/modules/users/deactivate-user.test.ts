import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import {
  idsOfNothing,
  instant,
  leaveActive,
  refused,
  systemPrincipal,
  unknownId,
  withoutId,
} from './expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const administratorOf = (tenant_id: string) =>
  server.given.person({ tenants: [tenant_id], grants: [{ role: 'tenant-admin', tenant_id }] })

describe('POST /users/{id}/deactivate, 200', () => {
  it('answers with the user', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const caller = await administratorOf(tenant.id)
    const user = await given.person({ tenants: [tenant.id] })
    const { status, body } = await call('POST', `/users/${user.id}/deactivate`, { as: caller.as })
    expect(status).toBe(200)
    expect(body).toEqual({
      id: user.id,
      is_service_account: false,
      email: user.email,
      name: user.email,
      status: 'deactivated',
      token_limit: 3,
      tenants: [tenant.id],
      created_at: instant,
      last_sign_in_at: null,
    })
  })

  it('stops sessions and tokens at once, with the answer that any bad credential gets', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const caller = await administratorOf(tenant.id)
    const user = await given.person({ tenants: [tenant.id] })
    const token = await given.token(user.id, { tenants: [tenant.id] })
    const credentials = [user.as, (await given.session(user.id)).as, token.as]
    for (const as of credentials) expect((await call('GET', '/me', { as })).status).toBe(200)

    await call('POST', `/users/${user.id}/deactivate`, { as: caller.as })

    const bad = await call('GET', '/me', { as: 'nonsense' })
    for (const as of credentials) {
      const { status, body } = await call('GET', '/me', { as })
      expect(status).toBe(401)
      expect(withoutId(body)).toEqual(withoutId(bad.body))
    }
  })

  it('keeps the person from signing in', async () => {
    const { given, call } = server
    const { as } = await given.admin()
    const credentials = { email: 'leaver@example.com', password: 'a long enough password' }
    const created = await call('POST', '/users', {
      as,
      body: { ...credentials, name: 'Leaver', tenants: [] },
    })
    await call('POST', `/users/${created.body.id}/deactivate`, { as })
    expect((await refused(server, 'POST', '/auth/login', { body: credentials })).status).toBe(401)
  })

  it('stops an invitation that was not yet used', async () => {
    const { given, call } = server
    const { as } = await given.admin()
    const created = await call('POST', '/users', {
      as,
      body: { email: 'never@example.com', name: 'Never', tenants: [] },
    })
    const token = created.body.invitation_url.split('token=')[1]
    await call('POST', `/users/${created.body.id}/deactivate`, { as })
    const body = { token, password: 'a long enough password' }
    expect((await refused(server, 'POST', '/auth/accept-invitation', { body })).status).toBe(400)
  })

  it('changes nothing the second time, and writes no second event', async () => {
    const { given, call, traces } = server
    const tenant = await given.tenant()
    const { as } = await administratorOf(tenant.id)
    const user = await given.person({ tenants: [tenant.id] })
    await call('POST', `/users/${user.id}/deactivate`, { as })
    const before = await traces()
    const { status, body } = await call('POST', `/users/${user.id}/deactivate`, { as })
    expect([status, body.status]).toEqual([200, 'deactivated'])
    expect(await traces()).toEqual(before)
  })

  it('lets a token deactivate whom it reaches', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const user = await given.person({ tenants: [tenant.id] })
    const { as } = await given.token((await given.admin()).id, {
      permissions: ['users.deactivate'],
      tenants: [tenant.id],
    })
    expect((await call('POST', `/users/${user.id}/deactivate`, { as })).status).toBe(200)
  })
})

describe('POST /users/{id}/deactivate, 403', () => {
  it('names the permission that is held nowhere', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const caller = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['users.read', 'users.update'], tenant_id: tenant.id }],
    })
    const path = `/users/${caller.id}/deactivate`
    const { status, body } = await refused(server, 'POST', path, { as: caller.as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'users.deactivate',
      tenant_id: null,
      leg: 'owner_permission',
    })
  })

  it('needs the permission in every tenant of the user', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const caller = await given.person({
      tenants: [a.id, b.id],
      grants: [{ permissions: ['users.deactivate'], tenant_id: a.id }],
    })
    const user = await given.person({ tenants: [a.id, b.id] })
    const path = `/users/${user.id}/deactivate`
    const { status, body } = await refused(server, 'POST', path, { as: caller.as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'users.deactivate',
      tenant_id: b.id,
      leg: 'owner_permission',
    })
  })

  it('does not tell of a tenant that the caller may not know', async () => {
    const { given } = server
    const [own, foreign] = [await given.tenant(), await given.tenant()]
    const { as } = await administratorOf(own.id)
    const user = await given.person({ tenants: [own.id, foreign.id] })
    const { status, text } = await refused(server, 'POST', `/users/${user.id}/deactivate`, { as })
    expect(status).toBe(403)
    expect(text).not.toContain(foreign.id)
  })

  it.each([['any'], ['type:test']])(
    'refuses a user of %s to who holds one tenant',
    async (word) => {
      const { given } = server
      const tenant = await given.tenant('test')
      const { as } = await administratorOf(tenant.id)
      const user = await given.person({ tenants: [word] })
      const { status } = await refused(server, 'POST', `/users/${user.id}/deactivate`, { as })
      expect(status).toBe(403)
    },
  )

  it('keeps a tenant’s administrator from a platform administrator who is in that tenant', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await administratorOf(tenant.id)
    const platformAdministrator = await given.person({
      tenants: [tenant.id],
      grants: [{ role: 'admin' }],
    })
    const path = `/users/${platformAdministrator.id}/deactivate`
    const { status, body } = await refused(server, 'POST', path, { as })
    expect(status).toBe(403)
    expect(body.details).toMatchObject({ tenant_id: null, leg: 'owner_permission' })
  })

  it('keeps from who holds one platform permission whoever lacks it', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const user = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['settings.read'] }],
    })
    const path = `/users/${user.id}/deactivate`
    const refusal = await refused(server, 'POST', path, {
      as: (await administratorOf(tenant.id)).as,
    })
    expect(refusal.body.details).toMatchObject({ permission: 'settings.read', tenant_id: null })

    const equal = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['settings.read', 'users.deactivate'] }],
    })
    expect((await call('POST', path, { as: equal.as })).status).toBe(200)
  })

  it('does not take for an administrator whose token stores less', async () => {
    const { given } = server
    const victim = await given.admin()
    const { as } = await given.token((await given.admin()).id, {
      permissions: ['users.deactivate'],
      tenants: ['any'],
    })
    const { status } = await refused(server, 'POST', `/users/${victim.id}/deactivate`, { as })
    expect(status).toBe(403)
  })
})

describe('POST /users/{id}/deactivate, 404', () => {
  it('answers alike for whatever the caller may not see', async () => {
    const { given } = server
    const [own, foreign] = [await given.tenant(), await given.tenant()]
    const { as } = await administratorOf(own.id)
    const stranger = await given.person({ tenants: [foreign.id] })
    const path = (id: string) => `/users/${id}/deactivate`
    const unknown = await refused(server, 'POST', path(unknownId), { as })
    for (const id of [stranger.id, systemPrincipal, ...idsOfNothing]) {
      const { status, body } = await refused(server, 'POST', path(id), { as })
      expect([id, status]).toEqual([id, 404])
      expect(withoutId(body)).toEqual(withoutId(unknown.body))
    }
  })

  it('keeps the system principal from an administrator too', async () => {
    const { as } = await server.given.admin()
    const path = `/users/${systemPrincipal}/deactivate`
    expect((await refused(server, 'POST', path, { as })).status).toBe(404)
  })
})

describe('POST /users/{id}/deactivate, 409', () => {
  it('keeps the last active administrator', async () => {
    const { given, call } = server
    const [caller, other] = [await given.admin(), await given.admin()]
    await leaveActive(server, caller.id, other.id)
    const end = (id: string) => call('POST', `/users/${id}/deactivate`, { as: caller.as })
    expect((await end(other.id)).status).toBe(200)

    const path = `/users/${caller.id}/deactivate`
    const { status, body } = await refused(server, 'POST', path, { as: caller.as })
    expect(status).toBe(409)
    expect(body.error).toBe('conflict')
    expect((await call('GET', '/me', { as: caller.as })).status).toBe(200)
  })

  it('does not count who could not step in', async () => {
    const { given, database } = server
    const caller = await given.admin()
    await leaveActive(server, caller.id)
    const tenant = await given.tenant()
    const grants = [{ role: 'admin' }]
    await given.person({ tenants: ['any'], grants, status: 'invited' })
    const deleted = await given.person({ tenants: ['any'], grants })
    await database.sql('UPDATE users SET deleted_at = now() WHERE id = $1', [deleted.id])
    await given.person({ tenants: ['any'], grants: [{ role: 'admin', tenant_id: tenant.id }] })
    const account = uuidv7()
    await database.sql(
      `INSERT INTO users (id, is_service_account, name, status) VALUES ($1, true, 'Robot', 'active')`,
      [account],
    )
    await given.grant(account, { role: 'admin' })

    const path = `/users/${caller.id}/deactivate`
    expect((await refused(server, 'POST', path, { as: caller.as })).status).toBe(409)
  })

  // Who holds the role and reaches no tenant can bring nobody back: the installation would be locked.
  it('keeps the last administrator who reaches all tenants', async () => {
    const { given } = server
    const caller = await given.admin()
    await leaveActive(server, caller.id)
    await given.person({ tenants: [], grants: [{ role: 'admin' }] })
    const path = `/users/${caller.id}/deactivate`
    expect((await refused(server, 'POST', path, { as: caller.as })).status).toBe(409)
  })
})
