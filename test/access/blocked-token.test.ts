import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

describe('a token that stores a word and is blocked in a tenant behind it', () => {
  it('gives nobody by naming the word what it may not use itself', async () => {
    const { given, call, database } = server
    const tenant = await given.tenant('test')
    const admin = await given.admin()
    const permissions = ['users.create', 'users.grants', 'users.read', 'tenants.members']
    const token = await given.token(admin.id, { permissions, tenants: ['any'] })
    await database.sql(
      "INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, 'test', $3)",
      [token.id, tenant.id, admin.id],
    )
    const person = await given.person({ tenants: ['type:production'] })
    const role_id = await given.role(['users.read'])
    const before = await server.traces()

    const attempts = [
      call('POST', '/users', {
        as: token.as,
        body: { email: 'new@example.com', name: 'New', tenants: ['any'] },
      }),
      call('PUT', `/users/${person.id}/tenants/type:test`, { as: token.as }),
      call('PUT', `/users/${person.id}/tenants/${tenant.id}`, { as: token.as }),
      call('POST', `/users/${admin.id}/grants`, {
        as: token.as,
        body: { role_id, tenant_id: null },
      }),
    ]
    for (const { status } of await Promise.all(attempts)) expect(status).toBe(403)
    expect(await server.traces()).toEqual(before)

    const elsewhere = await call('PUT', `/users/${person.id}/tenants/type:production`, {
      as: token.as,
    })
    expect(elsewhere.status).toBe(200)
  })
})

describe('a refusal for want of any place', () => {
  it('names the leg that came furthest', async () => {
    const { given, call } = server
    const asleep = await given.tenant('test', 'suspended')
    const awake = await given.tenant('test')
    const grants = [{ permissions: ['users.read'] }]
    const sleeper = await given.person({ tenants: [asleep.id], grants })
    const both = await given.person({ tenants: [asleep.id, awake.id], grants })
    const token = await given.token(both.id, { permissions: ['users.read'], tenants: [asleep.id] })
    const outside = await given.person({
      grants: [{ permissions: ['users.read'], tenant_id: awake.id }],
    })
    const legs = await Promise.all(
      [sleeper.as, token.as, outside.as].map(async (as) => {
        const { body } = await call('GET', '/users', { as })
        return body.details.leg
      }),
    )
    expect(legs).toEqual(['tenant_status', 'tenant_status', 'owner_tenant'])
  })
})
