import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../support/given.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let admin: Person
beforeAll(async () => {
  server = await startServer()
  admin = await server.given.admin()
})
afterAll(() => server.close())

const asAdmin = (method: string, path: string, body?: object) =>
  server.call(method, path, { as: admin.as, ...(body && { body }) })

async function newUser(email: string, tenants: string[]): Promise<string> {
  const body = { email, name: 'Ada', password: 'a password of some length', tenants }
  const answer = await asAdmin('POST', '/users', body)
  expect(answer.status).toBe(201)
  return answer.body.id
}

describe('A name that is used again', () => {
  it('CVE-2026-55670: is another person, in another tenant, with nothing of the first', async () => {
    const { given, call, database } = server
    const [a, b] = [(await given.tenant()).id, (await given.tenant()).id]
    const email = `ada-${a}@example.com`
    const first = await newUser(email, [a])
    await given.grant(first, { permissions: ['users.read'], tenant_id: a })
    const token = await given.token(first, { permissions: ['users.read'], tenants: [a] })
    const session = await given.session(first)
    expect((await asAdmin('DELETE', `/users/${first}`)).status).toBe(204)

    const second = await newUser(email, [b])
    expect(second).not.toBe(first)
    for (const { as } of [token, session])
      expect((await call('GET', '/me', { as })).status).toBe(401)
    expect((await asAdmin('GET', `/users/${first}`)).status).toBe(404)
    const login = { email, password: 'a password of some length' }
    const signedIn = await call('POST', '/auth/login', { body: login })
    const me = await call('GET', '/me', { as: signedIn.body.access_token })
    expect(me.body).toMatchObject({ id: second, tenants: [b], authority: [] })
    const tokens = await call('GET', '/me/tokens', { as: signedIn.body.access_token })
    expect(tokens.body.total).toBe(0)
    const events = await database.sql(
      'SELECT target_id FROM audit_events WHERE target_id = ANY($1) AND action = $2',
      [[first, second], 'user.deleted'],
    )
    expect(events).toEqual([{ target_id: first }])
  })

  it('CVE-2026-21725: is a role, a service account or a token with nothing left of the one before', async () => {
    const { given, call } = server
    const tenant = (await given.tenant()).id
    const member = await given.person({ tenants: [tenant] })
    const held = async (as: string) => (await call('GET', '/me', { as })).body.authority

    const newRole = async (permissions: string[]): Promise<string> =>
      (await asAdmin('POST', '/roles', { name: `role-${tenant}`, permissions })).body.id
    const role_id = await newRole(['users.read'])
    const grant = { role_id, tenant_id: tenant }
    const given_ = await asAdmin('POST', `/users/${member.id}/grants`, grant)
    expect(await held(member.as)).toEqual([{ tenant_id: tenant, permissions: ['users.read'] }])
    await asAdmin('DELETE', `/users/${member.id}/grants/${given_.body.id}`)
    expect((await asAdmin('DELETE', `/roles/${role_id}`)).status).toBe(204)
    expect(await newRole(['users.read'])).not.toBe(role_id)
    expect(await held(member.as)).toEqual([])

    const newAccount = async (): Promise<string> =>
      (await asAdmin('POST', '/service-accounts', { name: 'robot', tenants: [tenant] })).body.id
    const first = await newAccount()
    await given.grant(first, { permissions: ['users.read'], tenant_id: tenant })
    const token = await given.token(first, { permissions: ['users.read'], tenants: [tenant] })
    expect((await asAdmin('DELETE', `/service-accounts/${first}`)).status).toBe(204)
    const second = await newAccount()
    expect((await call('GET', '/me', { as: token.as })).status).toBe(401)
    const grants = await asAdmin('GET', `/users/${second}/grants`)
    expect(grants.body.data).toEqual([])

    const make = () =>
      call('POST', '/me/tokens', { as: admin.as, body: { name: 'again', tenants: [] } })
    const old = (await make()).body
    await call('DELETE', `/me/tokens/${old.id}`, { as: admin.as })
    expect((await make()).status).toBe(201)
    expect((await call('GET', '/me', { as: old.token })).status).toBe(401)
  })
})
