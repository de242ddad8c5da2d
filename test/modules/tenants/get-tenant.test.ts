import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { idsOfNothing, instant, refused, unknownId, withoutId } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

describe('GET /tenants/{id}', () => {
  it('shows a tenant with exactly these fields', async () => {
    const { given, call } = server
    const tenant = await given.tenant('production')
    const { as } = await given.person({
      tenants: ['type:production'],
      grants: [{ permissions: ['tenants.read'], tenant_id: tenant.id }],
    })
    const { status, body } = await call('GET', `/tenants/${tenant.id}`, { as })
    expect(status).toBe(200)
    expect(body).toEqual({
      id: tenant.id,
      slug: tenant.slug,
      name: tenant.slug,
      type: 'production',
      status: 'active',
      created_at: instant,
    })
  })

  it('answers 404 alike for whatever the caller may not know of', async () => {
    const { given } = server
    const [own, foreign] = [await given.tenant(), await given.tenant()]
    const { as } = await given.person({
      tenants: [own.id],
      grants: [
        { permissions: ['tenants.read'] },
        { permissions: ['tenants.read'], tenant_id: foreign.id },
      ],
    })
    const unknown = await refused(server, 'GET', `/tenants/${unknownId}`, { as })
    for (const id of [foreign.id, 'any', own.slug, ...idsOfNothing]) {
      const { status, body } = await refused(server, 'GET', `/tenants/${id}`, { as })
      expect([id, status]).toEqual([id, 404])
      expect(withoutId(body)).toEqual(withoutId(unknown.body))
    }
  })

  it('says which part refused where the caller may know the tenant', async () => {
    const { given, database } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const suspended = await given.tenant('test', 'suspended')
    const owner = await given.person({
      tenants: [a.id, b.id, suspended.id],
      grants: [{ permissions: ['tenants.read'], tenant_id: a.id }, { permissions: ['users.read'] }],
    })
    const token = await given.token(owner.id, { tenants: [b.id] })
    const blocked = await given.token(owner.id, { tenants: [a.id] })
    const narrow = await given.token(owner.id, { permissions: ['users.read'], tenants: [a.id] })
    await database.sql(
      `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, '', $3)`,
      [blocked.id, a.id, owner.id],
    )
    const legOf = async (as: string, id: string) => {
      const { status, body } = await refused(server, 'GET', `/tenants/${id}`, { as })
      expect(status).toBe(403)
      expect(body.details).toMatchObject({ permission: 'tenants.read', tenant_id: id })
      return body.details.leg
    }
    expect({
      owner_permission: await legOf(owner.as, b.id),
      token_tenant: await legOf(token.as, a.id),
      tenant_block: await legOf(blocked.as, a.id),
      token_permission: await legOf(narrow.as, a.id),
      tenant_status: await legOf(owner.as, suspended.id),
    }).toEqual({
      owner_permission: 'owner_permission',
      token_tenant: 'token_tenant',
      tenant_block: 'tenant_block',
      token_permission: 'token_permission',
      tenant_status: 'tenant_status',
    })
  })
})
