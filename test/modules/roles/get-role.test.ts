import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { idsOfNothing, instant, refused, unknownId, withoutId } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

describe('GET /roles/{id}', () => {
  it('shows a role with exactly these fields', async () => {
    const { given, call } = server
    const { as } = await given.person({ grants: [{ permissions: ['roles.read'] }] })
    const id = await given.role(['users.*'])
    const { status, body } = await call('GET', `/roles/${id}`, { as })
    expect(status).toBe(200)
    expect(body).toEqual({
      id,
      name: `role-${id}`,
      description: '',
      permissions: ['users.*'],
      built_in: false,
      version: 1,
      created_at: instant,
    })
  })

  it('answers 404 alike for every id of nothing', async () => {
    const { as } = await server.given.admin()
    const unknown = await refused(server, 'GET', `/roles/${unknownId}`, { as })
    for (const id of ['admin', ...idsOfNothing]) {
      const { status, body } = await refused(server, 'GET', `/roles/${id}`, { as })
      expect([id, status]).toEqual([id, 404])
      expect(withoutId(body)).toEqual(withoutId(unknown.body))
    }
  })

  it('refuses who does not hold the permission on the platform, whether or not the role is there', async () => {
    const { given } = server
    const { as } = await given.person({ tenants: ['any'], grants: [{ role: 'tenant-admin' }] })
    for (const id of [await given.roleId('admin'), unknownId]) {
      const { status, body } = await refused(server, 'GET', `/roles/${id}`, { as })
      expect(status).toBe(403)
      expect(body.details).toMatchObject({ permission: 'roles.read', leg: 'owner_permission' })
    }
  })
})
