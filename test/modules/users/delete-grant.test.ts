import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { idsOfNothing, leaveActive, refused, unknownId, withoutId } from './expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

/** A tenant, someone who may take roles there and holds these permissions too, and a user with a grant. */
async function scene(held: string[], permissions = ['users.read']) {
  const { given } = server
  const tenant = await given.tenant()
  const caller = await given.person({
    tenants: [tenant.id],
    grants: [{ permissions: ['users.grants', ...held], tenant_id: tenant.id }],
  })
  const user = await given.person({ tenants: [tenant.id] })
  const grant = await given.grant(user.id, { permissions, tenant_id: tenant.id })
  return { tenant, caller, user, grant, path: `/users/${user.id}/grants/${grant}` }
}

async function adminGrantOf(userId: string): Promise<string> {
  const [row] = await server.database.sql<{ id: string }>(
    'SELECT id FROM grants WHERE user_id = $1 AND tenant_id IS NULL',
    [userId],
  )
  return `/users/${userId}/grants/${row?.id}`
}

describe('DELETE /users/{id}/grants/{grant_id}, 204', () => {
  it('takes from session and tokens at once what only this grant gave', async () => {
    const { given, call } = server
    const { tenant, caller, user, path } = await scene(['users.read'])
    const token = await given.token(user.id, {
      permissions: ['users.read'],
      tenants: [tenant.id],
    })
    for (const { as } of [user, token]) {
      expect((await call('GET', '/users', { as })).status).toBe(200)
    }
    const { status, text } = await call('DELETE', path, { as: caller.as })
    expect([status, text]).toEqual([204, ''])
    for (const { as } of [user, token]) {
      const answer = await call('GET', '/users', { as })
      expect(answer.status).toBe(403)
      expect(answer.body.details).toMatchObject({ leg: 'owner_permission' })
    }
  })

  it('leaves what another grant gives too', async () => {
    const { given, call } = server
    const { tenant, caller, user, path } = await scene(['users.read'])
    await given.grant(user.id, { permissions: ['users.read'], tenant_id: tenant.id })
    await call('DELETE', path, { as: caller.as })
    expect((await call('GET', '/users', { as: user.as })).status).toBe(200)
  })

  it('ends once: every other time answers 404', async () => {
    const { call } = server
    const { caller, path } = await scene(['users.read'])
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => call('DELETE', path, { as: caller.as })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404])
    expect((await refused(server, 'DELETE', path, { as: caller.as })).status).toBe(404)
  })
})

describe('DELETE /users/{id}/grants/{grant_id}, 403', () => {
  it('needs every permission of the role, as giving it would', async () => {
    const { tenant, caller, path } = await scene(['users.read'], ['users.read', 'users.create'])
    const { status, body } = await refused(server, 'DELETE', path, { as: caller.as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'users.create',
      tenant_id: tenant.id,
      leg: 'owner_permission',
    })
  })

  it('needs the permission to take roles', async () => {
    const { given } = server
    const { tenant, path } = await scene([])
    const caller = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['users.read', 'users.update'], tenant_id: tenant.id }],
    })
    const { status, body } = await refused(server, 'DELETE', path, { as: caller.as })
    expect(status).toBe(403)
    expect(body.details).toMatchObject({ permission: 'users.grants', leg: 'owner_permission' })
  })

  it('needs it in the tenant of the grant, not in another one of the user', async () => {
    const { given } = server
    const { tenant, user, path } = await scene([])
    const other = await given.tenant()
    await given.scope(user.id, other.id)
    const caller = await given.person({
      tenants: [tenant.id, other.id],
      grants: [{ permissions: ['users.grants', 'users.read'], tenant_id: other.id }],
    })
    const { status, body } = await refused(server, 'DELETE', path, { as: caller.as })
    expect(status).toBe(403)
    expect(body.details).toMatchObject({ permission: 'users.grants', tenant_id: tenant.id })
  })

  it('keeps a tenant’s administrator from the grant of a platform administrator', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await given.person({
      tenants: [tenant.id],
      grants: [{ role: 'tenant-admin', tenant_id: tenant.id }],
    })
    const administrator = await given.admin()
    const path = await adminGrantOf(administrator.id)
    expect((await refused(server, 'DELETE', path, { as })).status).toBe(403)
  })

  it('keeps from a grant without a tenant who reaches less than the user, and names no foreign tenant', async () => {
    const { given } = server
    const [own, foreign] = [await given.tenant(), await given.tenant()]
    const { as } = await given.person({
      tenants: [own.id],
      grants: [{ permissions: ['users.grants', 'users.read'] }],
    })
    const user = await given.person({ tenants: [own.id, foreign.id] })
    const grant = await given.grant(user.id, { permissions: ['users.read'] })
    const path = `/users/${user.id}/grants/${grant}`
    const { status, text } = await refused(server, 'DELETE', path, { as })
    expect(status).toBe(403)
    expect(text).not.toContain(foreign.id)
  })

  it('refuses a token that lacks a permission of the role', async () => {
    const { given, call } = server
    const { tenant, caller, path } = await scene(['users.read'])
    const token = await given.token(caller.id, {
      permissions: ['users.grants'],
      tenants: [tenant.id],
    })
    const { status, body } = await refused(server, 'DELETE', path, { as: token.as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'users.read',
      tenant_id: tenant.id,
      leg: 'token_permission',
    })
    expect((await call('DELETE', path, { as: caller.as })).status).toBe(204)
  })
})

describe('DELETE /users/{id}/grants/{grant_id}, 404', () => {
  it('answers alike for grants that are none of the caller’s business', async () => {
    const { given } = server
    const { caller, user, grant, path } = await scene(['users.read'])
    const foreign = await given.tenant()
    const inForeign = await given.grant(user.id, { role: 'read-only', tenant_id: foreign.id })
    const elsewhere = await scene(['users.read'])
    const paths = [
      `/users/${user.id}/grants/${inForeign}`,
      `/users/${caller.id}/grants/${grant}`,
      elsewhere.path,
      `/users/${user.id}/grants/${elsewhere.grant}`,
      ...idsOfNothing.flatMap((id) => [`/users/${user.id}/grants/${id}`, `/users/${id}/grants/x`]),
    ]
    const unknown = await refused(server, 'DELETE', path.replace(grant, unknownId), {
      as: caller.as,
    })
    for (const one of paths) {
      const { status, body } = await refused(server, 'DELETE', one, { as: caller.as })
      expect([one, status]).toEqual([one, 404])
      expect(withoutId(body)).toEqual(withoutId(unknown.body))
    }
  })
})

describe('DELETE /users/{id}/grants/{grant_id}, 409', () => {
  it('keeps the role of the last active administrator', async () => {
    const { given, call } = server
    const [caller, other] = [await given.admin(), await given.admin()]
    await leaveActive(server, caller.id, other.id)
    const take = await adminGrantOf(other.id)
    expect((await call('DELETE', take, { as: caller.as })).status).toBe(204)
    const path = await adminGrantOf(caller.id)
    const { status, body } = await refused(server, 'DELETE', path, { as: caller.as })
    expect([status, body.error]).toEqual([409, 'conflict'])
  })

  // Who holds the role and reaches no tenant can give it to nobody: the installation would be locked.
  it('keeps the role of the last administrator who reaches all tenants', async () => {
    const { given } = server
    const caller = await given.admin()
    await leaveActive(server, caller.id)
    await given.person({ tenants: [], grants: [{ role: 'admin' }] })
    const path = await adminGrantOf(caller.id)
    expect((await refused(server, 'DELETE', path, { as: caller.as })).status).toBe(409)
  })

  it('lets go of the role in one tenant, and of one who is deactivated', async () => {
    const { given, call } = server
    const caller = await given.admin()
    await leaveActive(server, caller.id)
    const tenant = await given.tenant()
    const inTenant = await given.grant(caller.id, { role: 'admin', tenant_id: tenant.id })
    const path = `/users/${caller.id}/grants/${inTenant}`
    expect((await call('DELETE', path, { as: caller.as })).status).toBe(204)

    const gone = await given.person({
      tenants: ['any'],
      grants: [{ role: 'admin' }],
      status: 'deactivated',
    })
    const take = await adminGrantOf(gone.id)
    expect((await call('DELETE', take, { as: caller.as })).status).toBe(204)
  })
})
