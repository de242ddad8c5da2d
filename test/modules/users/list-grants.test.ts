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

const readerIn = (tenant_id: string) =>
  server.given.person({
    tenants: [tenant_id],
    grants: [{ permissions: ['users.read'], tenant_id }],
  })

describe('GET /users/{id}/grants', () => {
  it('shows the grants in the caller’s tenants and those without a tenant, and no others', async () => {
    const { given, call } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const reader = await readerIn(a.id)
    const user = await given.person({ tenants: [a.id, b.id] })
    const inA = await given.grant(user.id, { role: 'read-only', tenant_id: a.id })
    const inAll = await given.grant(user.id, { role: 'tenant-admin' })
    await given.grant(user.id, { role: 'tenant-admin', tenant_id: b.id })

    const { status, body } = await call('GET', `/users/${user.id}/grants`, { as: reader.as })

    expect(status).toBe(200)
    expect(body).toMatchObject({ total: 2, page: 1, limit: 20 })
    expect(body.data).toEqual(
      expect.arrayContaining([
        {
          id: inA,
          role_id: await given.roleId('read-only'),
          role: 'read-only',
          tenant_id: a.id,
          created_at: instant,
          created_by: null,
        },
        expect.objectContaining({ id: inAll, role: 'tenant-admin', tenant_id: null }),
      ]),
    )
  })

  it('shows an administrator all of them, oldest first and page by page', async () => {
    const { given, call } = server
    const { as } = await given.admin()
    const user = await given.person()
    const given5: string[] = []
    for (let count = 0; count < 5; count++) {
      const tenant_id = (await given.tenant()).id
      given5.push(await given.grant(user.id, { role: 'read-only', tenant_id }))
    }
    const page = async (number: number) => {
      const path = `/users/${user.id}/grants?limit=2&page=${number}`
      const { body } = await call('GET', path, { as })
      expect(body.total).toBe(5)
      return body.data.map(({ id }: { id: string }) => id)
    }
    expect([...(await page(1)), ...(await page(2)), ...(await page(3))]).toEqual(given5)
  })

  it('leaves out the grants in a tenant that has blocked the token', async () => {
    const { given, call, database } = server
    const [open, blocking] = [await given.tenant(), await given.tenant()]
    const owner = await given.admin()
    const token = await given.token(owner.id, { permissions: ['users.read'], tenants: ['any'] })
    await database.sql(
      `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, '', $3)`,
      [token.id, blocking.id, owner.id],
    )
    const user = await given.person({ tenants: [open.id, blocking.id] })
    const shown = await given.grant(user.id, { role: 'read-only', tenant_id: open.id })
    await given.grant(user.id, { role: 'read-only', tenant_id: blocking.id })
    const { body } = await call('GET', `/users/${user.id}/grants`, { as: token.as })
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual([shown])
  })

  it('answers 404 alike for a user whom the caller may not see', async () => {
    const { given } = server
    const [own, foreign] = [await given.tenant(), await given.tenant()]
    const { as } = await readerIn(own.id)
    const stranger = await given.person({
      tenants: [foreign.id],
      grants: [{ permissions: ['users.read'], tenant_id: own.id }],
    })
    const path = (id: string) => `/users/${id}/grants`
    const unknown = await refused(server, 'GET', path(unknownId), { as })
    for (const id of [stranger.id, systemPrincipal, ...idsOfNothing]) {
      const { status, body } = await refused(server, 'GET', path(id), { as })
      expect([id, status]).toEqual([id, 404])
      expect(withoutId(body)).toEqual(withoutId(unknown.body))
    }
  })

  it('names the permission that is held nowhere', async () => {
    const caller = await server.given.person({ tenants: ['any'] })
    const path = `/users/${caller.id}/grants`
    const { status, body } = await refused(server, 'GET', path, { as: caller.as })
    expect(status).toBe(403)
    expect(body.details).toMatchObject({ permission: 'users.read', leg: 'owner_permission' })
  })
})
