import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import {
  idsOfNothing,
  instant,
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

describe('GET /users/{id}', () => {
  it('shows a user with exactly these fields, and of the tenants those of the caller', async () => {
    const { given, call } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const caller = await given.person({
      tenants: [a.id],
      grants: [{ permissions: ['users.read'], tenant_id: a.id }],
    })
    const user = await given.person({ tenants: [b.id, a.id], token_limit: 7 })

    const { status, body } = await call('GET', `/users/${user.id}`, { as: caller.as })

    expect(status).toBe(200)
    expect(body).toEqual({
      id: user.id,
      is_service_account: false,
      email: user.email,
      name: user.email,
      status: 'active',
      token_limit: 7,
      tenants: [a.id],
      created_at: instant,
      last_sign_in_at: null,
    })
  })

  it('answers 404 alike for whatever the caller may not see', async () => {
    const { given, database } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const caller = await given.person({
      tenants: [a.id, b.id],
      grants: [{ permissions: ['users.read'], tenant_id: a.id }],
    })
    const foreign = await given.person({ tenants: [b.id] })
    const inNone = await given.person()
    const deleted = await given.person({ tenants: [a.id] })
    await database.sql('UPDATE users SET deleted_at = now() WHERE id = $1', [deleted.id])
    const unknown = await refused(server, 'GET', `/users/${unknownId}`, { as: caller.as })

    const hidden = [foreign.id, inNone.id, deleted.id, systemPrincipal, ...idsOfNothing]
    for (const id of hidden) {
      const { status, body } = await refused(server, 'GET', `/users/${id}`, { as: caller.as })
      expect([id, status]).toEqual([id, 404])
      expect(withoutId(body)).toEqual(withoutId(unknown.body))
    }
  })

  it('hides the system principal from an administrator too', async () => {
    const { as } = await server.given.admin()
    expect((await refused(server, 'GET', `/users/${systemPrincipal}`, { as })).status).toBe(404)
  })

  it('hides a user whose only tenant has blocked the token', async () => {
    const { given, database } = server
    const tenant = await given.tenant()
    const owner = await given.admin()
    const token = await given.token(owner.id, { permissions: ['users.read'], tenants: ['any'] })
    const user = await given.person({ tenants: [tenant.id] })
    await database.sql(
      `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, '', $3)`,
      [token.id, tenant.id, owner.id],
    )
    const { status } = await refused(server, 'GET', `/users/${user.id}`, { as: token.as })
    expect(status).toBe(404)
  })

  it('answers 403 before 404 to who may see no user anywhere', async () => {
    const { as, id } = await server.given.person({ tenants: ['any'] })
    for (const path of [`/users/${id}`, `/users/${unknownId}`]) {
      const { status, body } = await refused(server, 'GET', path, { as })
      expect(status).toBe(403)
      expect(body.details).toMatchObject({ permission: 'users.read', leg: 'owner_permission' })
    }
  })
})
