import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, idsOfNothing, instant, refused, systemPrincipal, withoutId } from './expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const body = { name: 'Ada King' }
const updaterIn = (...tenants: string[]) =>
  server.given.person({ tenants, grants: [{ permissions: ['users.update'] }] })
const nameOf = async (id: string) =>
  (await server.database.sql('SELECT name, email FROM users WHERE id = $1', [id]))[0]

describe('PATCH /users/{id} 200', () => {
  it('renames the user, and answers with what the caller may know of them', async () => {
    const { given, call } = server
    const [a, b] = [await given.tenant('test'), await given.tenant('test')]
    const caller = await updaterIn(a.id, b.id)
    const user = await given.person({ tenants: [a.id] })

    const { status, body: answer } = await call('PATCH', `/users/${user.id}`, {
      as: caller.as,
      body,
    })

    expect(status).toBe(200)
    expect(answer).toEqual({
      id: user.id,
      is_service_account: false,
      email: user.email,
      name: 'Ada King',
      status: 'active',
      token_limit: 3,
      tenants: [a.id],
      created_at: instant,
      last_sign_in_at: null,
    })
    expect((await call('GET', '/me', { as: user.as })).body.name).toBe('Ada King')
  })

  it('leaves no event where the name is so already', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const { as } = await updaterIn(tenant.id)
    const user = await given.person({ tenants: [tenant.id] })
    await call('PATCH', `/users/${user.id}`, { as, body })
    const before = await server.traces()

    expect((await call('PATCH', `/users/${user.id}`, { as, body })).status).toBe(200)

    expect(await server.traces()).toEqual(before)
  })
})

describe('PATCH /users/{id} 400', () => {
  it.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: ' Ada' }, 'name'],
    [{ name: 'A\u202eda' }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ name: null }, 'name'],
    [{ name: 'Ada', email: 'new@example.com' }, 'email'],
    [{ name: 'Ada', password: 'a password of some length' }, 'password'],
    [{ name: 'Ada', status: 'active' }, 'status'],
    [{ name: 'Ada', token_limit: 10 }, 'token_limit'],
    [{ name: 'Ada', is_service_account: false }, 'is_service_account'],
  ])('refuses %j and names %s', async (wrong, field) => {
    const { given } = server
    const { as } = await given.admin()
    const user = await given.person()
    const answer = await refused(server, 'PATCH', `/users/${user.id}`, { as, body: wrong })
    expect([answer.status, fieldsOf(answer.body)]).toEqual([400, [field]])
    expect(await nameOf(user.id)).toEqual({ name: user.email, email: user.email })
  })
})

describe('PATCH /users/{id} 403 and 404', () => {
  it('refuses over a user who is also where the caller has no say', async () => {
    const { given } = server
    const [a, b] = [await given.tenant('test'), await given.tenant('test')]
    const { as } = await updaterIn(a.id)
    for (const tenants of [[a.id, b.id], ['type:test'], ['any']]) {
      const user = await given.person({ tenants })
      const answer = await refused(server, 'PATCH', `/users/${user.id}`, { as, body })
      expect(answer.status).toBe(403)
      expect(answer.body.details.permission).toBe('users.update')
      expect(answer.text).not.toContain(b.id)
      expect(await nameOf(user.id)).toMatchObject({ name: user.email })
    }
  })

  it('refuses over a platform administrator who lies in the caller’s tenant only', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await updaterIn(tenant.id)
    const user = await given.person({ tenants: [tenant.id], grants: [{ role: 'admin' }] })
    const answer = await refused(server, 'PATCH', `/users/${user.id}`, { as, body })
    expect(answer.status).toBe(403)
  })

  it('refuses a token that does not store the permission, and who may read only', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const updater = await updaterIn(tenant.id)
    const user = await given.person({ tenants: [tenant.id] })
    const token = await given.token(updater.id, {
      permissions: ['users.read'],
      tenants: [tenant.id],
    })
    const reader = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['users.read'] }],
    })
    for (const { as } of [token, reader]) {
      const answer = await refused(server, 'PATCH', `/users/${user.id}`, { as, body })
      expect(answer.status).toBe(403)
    }
  })

  it('answers one 404 for another tenant’s user, a deleted one, the system’s and none', async () => {
    const { given, database } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const { as } = await updaterIn(a.id)
    const far = await given.person({ tenants: [b.id] })
    const deleted = await given.person({ tenants: [a.id] })
    await database.sql('UPDATE users SET deleted_at = now() WHERE id = $1', [deleted.id])
    const bodies = new Set<string>()
    for (const id of [far.id, deleted.id, systemPrincipal, ...idsOfNothing]) {
      const answer = await refused(server, 'PATCH', `/users/${id}`, { as, body })
      expect({ id, status: answer.status }).toEqual({ id, status: 404 })
      bodies.add(JSON.stringify(withoutId(answer.body)))
    }
    expect(bodies.size).toBe(1)
  })
})
