import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { idsOfNothing, refused, unknownId, withoutId } from '../users/expected.ts'

let server: TestServer
let writer: string
beforeAll(async () => {
  server = await startServer()
  writer = (await server.given.person({ grants: [{ permissions: ['roles.write'] }] })).as
})
afterAll(() => server.close())

const remove = (id: string, as = writer) => server.call('DELETE', `/roles/${id}`, { as })

describe('DELETE /roles/{id}, 204', () => {
  it('deletes a role that nobody holds, with an empty answer', async () => {
    const { given, call } = server
    const id = await given.role(['users.read'])
    const { as } = await given.admin()
    const { status, text } = await remove(id)
    expect([status, text]).toEqual([204, ''])
    expect((await call('GET', `/roles/${id}`, { as })).status).toBe(404)
    const { body } = await call('GET', `/roles?search=${id}`, { as })
    expect(body.data).toEqual([])
  })

  it('deletes one role and no other', async () => {
    const { given, traces } = server
    const id = await given.role(['users.read'])
    const before = await traces()
    await remove(id)
    expect(await traces()).toEqual({
      ...before,
      roles: (before['roles'] ?? 0) - 1,
      audit_events: (before['audit_events'] ?? 0) + 1,
    })
  })

  it('needs none of the permissions that the role would give', async () => {
    expect((await remove(await server.given.role(['*.*']))).status).toBe(204)
  })

  it('deletes a role when its last grant is taken, and its name is free again', async () => {
    const { given, call } = server
    const { as } = await given.admin()
    const created = await call('POST', '/roles', {
      as,
      body: { name: 'once', permissions: ['users.read'] },
    })
    const role_id = created.body.id
    const user = await given.person()
    const grants = `/users/${user.id}/grants`
    const grant = (await call('POST', grants, { as, body: { role_id, tenant_id: null } })).body
    expect((await refused(server, 'DELETE', `/roles/${role_id}`, { as })).status).toBe(409)
    await call('DELETE', `${grants}/${grant.id}`, { as })
    expect((await remove(role_id)).status).toBe(204)
    const body = { name: 'once', permissions: ['users.read'] }
    expect((await call('POST', '/roles', { as, body })).status).toBe(201)
  })
})

describe('DELETE /roles/{id}, 401, 403 and 404', () => {
  it('refuses a call without a credential', async () => {
    const id = await server.given.role(['users.read'])
    expect((await refused(server, 'DELETE', `/roles/${id}`)).status).toBe(401)
  })

  it('refuses who does not hold the permission on the platform, whether or not the role is there', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await given.person({
      tenants: ['any'],
      grants: [
        { role: 'tenant-admin' },
        { role: 'admin', tenant_id: tenant.id },
        { permissions: ['roles.read'] },
      ],
    })
    for (const id of [await given.role(['users.read']), unknownId]) {
      const { status, body } = await refused(server, 'DELETE', `/roles/${id}`, { as })
      expect(status).toBe(403)
      expect(body.details).toEqual({
        permission: 'roles.write',
        tenant_id: null,
        leg: 'owner_permission',
      })
    }
  })

  it('refuses a token that does not store the permission', async () => {
    const { given } = server
    const id = await given.role(['users.read'])
    const { as } = await given.token((await given.admin()).id, { permissions: ['roles.read'] })
    const { status, body } = await refused(server, 'DELETE', `/roles/${id}`, { as })
    expect([status, body.details.leg]).toEqual([403, 'token_permission'])
  })

  it('answers 404 alike the second time and for every id of nothing', async () => {
    const id = await server.given.role(['users.read'])
    await remove(id)
    const second = await refused(server, 'DELETE', `/roles/${id}`, { as: writer })
    expect(second.status).toBe(404)
    for (const other of ['admin', ...idsOfNothing]) {
      const { status, body } = await refused(server, 'DELETE', `/roles/${other}`, { as: writer })
      expect([other, status]).toEqual([other, 404])
      expect(withoutId(body)).toEqual(withoutId(second.body))
    }
  })
})

describe('DELETE /roles/{id}, 409', () => {
  it.each([
    ['in a tenant', 'active'],
    ['in a tenant, to someone deactivated', 'deactivated'],
    ['in a tenant, to someone invited', 'invited'],
  ])('refuses a role that is granted %s', async (_, status) => {
    const { given, database } = server
    const tenant = await given.tenant()
    const user = await given.person({ tenants: [tenant.id], status })
    const grant = await given.grant(user.id, { permissions: ['users.read'], tenant_id: tenant.id })
    const sql = 'SELECT role_id FROM grants WHERE id = $1'
    const [row] = await database.sql<{ role_id: string }>(sql, [grant])
    const answer = await refused(server, 'DELETE', `/roles/${row?.role_id}`, { as: writer })
    expect([answer.status, answer.body.error]).toEqual([409, 'conflict'])
    expect(answer.text).not.toContain(user.id)
    expect(answer.text).not.toContain(tenant.id)
  })

  it('refuses a role that the caller holds', async () => {
    const { given, database } = server
    const caller = await given.person({ grants: [{ permissions: ['roles.write'] }] })
    const sql = 'SELECT role_id FROM grants WHERE user_id = $1'
    const [row] = await database.sql<{ role_id: string }>(sql, [caller.id])
    const path = `/roles/${row?.role_id}`
    expect((await refused(server, 'DELETE', path, { as: caller.as })).status).toBe(409)
  })

  it.each(['admin', 'tenant-admin', 'read-only', 'service-account-operator'])(
    'refuses the built-in role %s, granted or not',
    async (name) => {
      const { given } = server
      const [id, { as }] = [await given.roleId(name), await given.admin()]
      const { status, body } = await refused(server, 'DELETE', `/roles/${id}`, { as })
      expect([status, body.error]).toEqual([409, 'conflict'])
      expect(body.message).toContain('built-in')
    },
  )
})
