import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, instant, refused, uuid7 } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const reader = () => server.given.person({ grants: [{ permissions: ['roles.read'] }] })

describe('GET /roles', () => {
  it('shows the built-in roles, with exactly these fields', async () => {
    const { as } = await reader()
    const { status, body } = await server.call('GET', '/roles?search=ADM', { as })
    expect(status).toBe(200)
    expect(body).toMatchObject({ total: 2, page: 1, limit: 20 })
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(['admin', 'tenant-admin'])
    expect(body.data[0]).toEqual({
      id: uuid7,
      name: 'admin',
      description: expect.any(String),
      permissions: ['*.*'],
      built_in: true,
      version: 1,
      created_at: instant,
    })
  })

  it('defines the built-in roles by the catalogue', async () => {
    const { given, call } = server
    const { as } = await given.admin()
    const roles = (await call('GET', '/roles?limit=100', { as })).body.data
    const catalogue = (await call('GET', '/permissions?limit=100', { as })).body.data
    type Entry = { name: string; scope: string }
    const namesOf = (chosen: (entry: Entry) => boolean) =>
      catalogue.filter(chosen).map(({ name }: Entry) => name)
    const permissionsOf = (role: string) =>
      roles.find(({ name }: { name: string }) => name === role).permissions
    expect(permissionsOf('tenant-admin')).toEqual(namesOf(({ scope }) => scope === 'tenant'))
    expect(permissionsOf('read-only')).toEqual(namesOf(({ name }) => name.endsWith('.read')))
    expect(permissionsOf('service-account-operator')).toEqual([
      'service_accounts.*',
      'users.read',
      'tenants.read',
    ])
  })

  it('pages through all by name', async () => {
    const { call } = server
    const { as } = await reader()
    const all = (await call('GET', '/roles?limit=100', { as })).body
    const seen: unknown[] = []
    for (let page = 1; page <= Math.ceil(all.total / 2); page++) {
      seen.push(...(await call('GET', `/roles?limit=2&page=${page}`, { as })).body.data)
    }
    expect(seen).toEqual(all.data)
  })

  it('finds by part of the name and of the description, in any case', async () => {
    const { given, call, database } = server
    const { as } = await reader()
    const id = await given.role(['users.read'])
    await database.sql(`UPDATE roles SET description = 'Settles Claims' WHERE id = $1`, [id])
    for (const search of [`ROLE-${id}`, 'settles%20claims']) {
      const { body } = await call('GET', `/roles?search=${search}`, { as })
      expect(body.data.map((role: { id: string }) => role.id)).toEqual([id])
    }
  })

  it('takes the search text literally', async () => {
    const { as } = await reader()
    expect((await server.call('GET', '/roles?search=a%25n', { as })).body.total).toBe(0)
  })

  it('refuses an unknown parameter', async () => {
    const { as } = await reader()
    const { status, body } = await refused(server, 'GET', '/roles?built_in=true', { as })
    expect([status, fieldsOf(body)]).toEqual([400, ['built_in']])
  })

  it('refuses who does not hold the permission on the platform', async () => {
    const { as } = await server.given.person({
      tenants: ['any'],
      grants: [{ role: 'tenant-admin' }],
    })
    const { status, body } = await refused(server, 'GET', '/roles', { as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'roles.read',
      tenant_id: null,
      leg: 'owner_permission',
    })
  })
})
