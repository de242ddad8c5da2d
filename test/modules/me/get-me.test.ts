import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

describe('GET /me', () => {
  it('shows a token as the intersection of what it stores and what its owner holds', async () => {
    const { given, call } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const owner = await given.person({
      tenants: [a.id, b.id],
      grants: [{ permissions: ['users.read', 'tenants.read'], tenant_id: a.id }],
    })
    const token = await given.token(owner.id, {
      permissions: ['users.read', 'users.create'],
      tenants: [a.id, b.id],
    })

    const { status, body } = await call('GET', '/me', { as: token.as })

    expect(status).toBe(200)
    expect(body).toMatchObject({ id: owner.id, tenants: [a.id, b.id].sort() })
    expect(body.credential).toMatchObject({ kind: 'personal_access_token', id: token.id })
    expect(body.authority).toEqual([{ tenant_id: a.id, permissions: ['users.read'] }])
  })

  it('shows a word of both scopes as a word, never as the tenants behind it', async () => {
    const { given, call } = server
    await given.tenant('test')
    const owner = await given.person({
      tenants: ['type:test'],
      grants: [{ permissions: ['users.read'] }],
    })
    const token = await given.token(owner.id, { permissions: ['users.read'], tenants: ['any'] })

    const { body } = await call('GET', '/me', { as: token.as })

    expect(body.authority).toEqual([{ tenant_id: 'type:test', permissions: ['users.read'] }])
  })
})
