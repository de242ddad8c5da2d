import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operationsOf, pathOf } from '../support/operations.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

/** The fields by which other systems were told whose token to make. */
const ownerFields = ['user', 'user_id', 'userId', 'owner', 'owner_id', 'ownerId']

const make = (as: string | null, body: object, path = '/me/tokens') =>
  server.call('POST', path, { as, body: { name: 'taken', ...body } })

describe('Making a token', () => {
  it('CVE-2025-61928: without a session is refused, whoever the body names', async () => {
    const admin = await server.given.admin()
    const before = await server.traces()
    for (const field of ownerFields) {
      const answer = await make(null, { [field]: admin.id, permissions: ['users.read'] })
      expect(answer.status).toBe(401)
    }
    expect((await make(null, {}, `/users/${admin.id}/tokens`)).status).toBe(401)
    expect(await server.traces()).toEqual(before)
  })

  it('CVE-2025-61928: takes none of the fields that only the server sets', async () => {
    const admin = await server.given.admin()
    const before = await server.traces()
    const fields = { id: admin.id, token_hash: 'x', created_by: admin.id, status: 'active' }
    for (const [field, value] of Object.entries({ ...fields, revoked_at: null, hint: 'abcd' })) {
      const answer = await make(admin.as, { [field]: value })
      expect([answer.status, answer.body.errors]).toMatchObject([400, [{ field }]])
    }
    expect(await server.traces()).toEqual(before)
  })

  it('CVE-2026-30944: is for oneself, whoever the body or the path names', async () => {
    const tenant = await server.given.tenant()
    const role = 'tenant-admin'
    const editor = await server.given.person({
      tenants: [tenant.id],
      grants: [{ role, tenant_id: tenant.id }],
    })
    const victim = await server.given.person({ tenants: [tenant.id], grants: [{ role: 'admin' }] })
    const before = await server.traces()
    for (const field of ownerFields) {
      const answer = await make(editor.as, { [field]: victim.id })
      expect([answer.status, answer.body.errors]).toMatchObject([400, [{ field }]])
    }
    expect((await make(editor.as, {}, `/users/${victim.id}/tokens`)).status).toBe(403)
    expect(await server.traces()).toEqual(before)
  })

  it('CVE-2026-21621: never turns a credential into one that may do more', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const permissions = ['service_accounts.tokens', 'users.read', 'users.create']
    const owner = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions, tenant_id: tenant.id }],
    })
    const account = await given.serviceAccount([tenant.id])
    await given.grant(account, { permissions, tenant_id: tenant.id })
    const readOnly = await given.token(owner.id, {
      permissions: ['users.read', 'service_accounts.tokens'],
      tenants: [tenant.id],
    })
    const before = await server.traces()
    const headers = { cookie: `__Host-postern_refresh=${readOnly.as}` }
    expect((await call('POST', '/auth/refresh', { as: readOnly.as, headers })).status).toBe(401)
    expect((await make(readOnly.as, {})).status).toBe(403)
    const asked = { permissions: ['users.create'], tenants: [tenant.id] }
    expect((await make(readOnly.as, asked, `/users/${account}/tokens`)).status).toBe(403)
    expect(await server.traces()).toEqual(before)

    const child = await make(readOnly.as, {}, `/users/${account}/tokens`)
    expect(child.status).toBe(201)
    expect(child.body.permissions).toEqual(['service_accounts.tokens', 'users.read'])
  })

  it('CVE-2026-56225: and every other route of tokens is closed to a token limited in tenant or permission', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const owner = await given.person({ tenants: [a.id, b.id], grants: [{ role: 'admin' }] })
    const sibling = await given.token(owner.id, { tenants: [b.id] })
    const account = await given.serviceAccount([b.id])
    const all = await server.database.sql<{ name: string }>('SELECT name FROM permissions')
    const limited = {
      'by tenant': { permissions: all.map(({ name }) => name), tenants: [a.id] },
      'by permission': { permissions: ['users.read'], tenants: [a.id, b.id] },
    }
    const routes = operationsOf(server.app).filter(({ url }) => url.includes('/tokens'))
    const changing = routes.filter(({ method }) => method !== 'GET')
    expect(changing.length).toBeGreaterThan(2)
    for (const sets of Object.values(limited)) {
      const token = await given.token(owner.id, sets)
      const before = await server.traces()
      for (const route of changing) {
        const [, area = ''] = /^\/api\/v1\/(\w+)/.exec(route.url) ?? []
        const id = { me: sibling.id, tenants: b.id }[area] ?? account
        const path = pathOf(route, { id, token_id: sibling.id, tenant_id: b.id })
        const body = route.exampleBody === undefined ? {} : { body: route.exampleBody }
        const { status } = await server.call(route.method, path, { as: token.as, ...body })
        expect([`${route.name}`, [403, 404].includes(status)]).toEqual([route.name, true])
      }
      expect(await server.traces()).toEqual(before)
    }
    expect((await server.call('GET', '/me', { as: sibling.as })).status).toBe(200)
  })
})
