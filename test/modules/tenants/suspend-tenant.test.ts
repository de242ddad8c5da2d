import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { idsOfNothing, instant, refused, unknownId, withoutId } from '../users/expected.ts'
import { actionsOn, inhabited, open, readings, shut, statusOf } from './status.ts'

let server: TestServer
let keeper: string
beforeAll(async () => {
  server = await startServer()
  keeper = (await server.given.person({ grants: [{ permissions: ['tenants.retire'] }] })).as
})
afterAll(() => server.close())

const suspend = (id: string, as = keeper) => server.call('POST', `/tenants/${id}/suspend`, { as })

describe('POST /tenants/{id}/suspend, 200', () => {
  it('suspends an active tenant and leaves all else as it was', async () => {
    const tenant = await server.given.tenant('production')
    const { status, body } = await suspend(tenant.id)
    expect(status).toBe(200)
    expect(body).toEqual({
      id: tenant.id,
      slug: tenant.slug,
      name: tenant.slug,
      type: 'production',
      status: 'suspended',
      created_at: instant,
    })
    expect(await statusOf(server, tenant.id)).toBe('suspended')
  })

  it('stops sessions and tokens in the tenant at once, and names the tenant’s status', async () => {
    const tenant = await inhabited(server)
    expect(await readings(server.call, tenant)).toEqual(open)
    await suspend(tenant.id)
    expect(await readings(server.call, tenant)).toEqual(shut)
  })

  it('stops also those who reach the tenant through a word, even the caller', async () => {
    const { given, call } = server
    const tenant = await given.tenant('test')
    const admin = await given.admin()
    const inTests = await given.person({
      tenants: ['type:test'],
      grants: [{ permissions: ['tenants.read'] }],
    })
    const token = await given.token(admin.id, { tenants: ['any'] })
    await suspend(tenant.id, admin.as)
    for (const { as } of [admin, inTests, token]) {
      const { status, body } = await call('GET', `/tenants/${tenant.id}`, { as })
      expect([status, body.details.leg]).toEqual([403, 'tenant_status'])
    }
  })

  it('stops nothing in any other tenant, nor the credentials themselves', async () => {
    const { given, call } = server
    const [tenant, other] = [await inhabited(server), await inhabited(server)]
    await given.scope(tenant.person.id, other.id)
    await suspend(tenant.id)
    expect(await readings(call, other)).toEqual(open)
    expect((await call('GET', `/tenants/${other.id}`, { as: tenant.session })).status).toBe(200)
    expect((await call('GET', '/me', { as: tenant.token })).status).toBe(200)
  })

  it('takes the tenant’s permissions out of what a session and a token effectively hold', async () => {
    const tenant = await inhabited(server)
    const authorityOf = async (as: string) =>
      (await server.call('GET', '/me', { as })).body.authority
    const held = [{ tenant_id: tenant.id, permissions: ['tenants.read'] }]
    for (const as of [tenant.session, tenant.token]) expect(await authorityOf(as)).toEqual(held)
    await suspend(tenant.id)
    for (const as of [tenant.session, tenant.token]) expect(await authorityOf(as)).toEqual([])
  })

  it('changes nothing the second time and leaves no second event', async () => {
    const tenant = await server.given.tenant()
    await suspend(tenant.id)
    const before = await server.traces()
    const again = await suspend(tenant.id)
    expect([again.status, again.body.status]).toEqual([200, 'suspended'])
    expect(await server.traces()).toEqual(before)
    expect(await actionsOn(server, tenant.id)).toEqual(['tenant.suspended'])
  })

  it('leaves one event when many suspend at the same moment', async () => {
    const tenant = await server.given.tenant()
    const answers = await Promise.all(Array.from({ length: 8 }, () => suspend(tenant.id)))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(await actionsOn(server, tenant.id)).toEqual(['tenant.suspended'])
  })

  it('lets a token suspend that stores the permission and no tenant', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const stored = { permissions: ['tenants.retire'] }
    const { as } = await given.token((await given.admin()).id, stored)
    expect((await suspend(tenant.id, as)).status).toBe(200)
  })
})

describe('POST /tenants/{id}/suspend, 401, 403, 404 and 409', () => {
  it('refuses a call without a credential', async () => {
    const { id } = await server.given.tenant()
    expect((await refused(server, 'POST', `/tenants/${id}/suspend`)).status).toBe(401)
    expect(await statusOf(server, id)).toBe('active')
  })

  it('refuses who holds the permission in the tenant only: it is one of the platform', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await given.person({
      tenants: ['any'],
      grants: [
        { permissions: ['tenants.retire'], tenant_id: tenant.id },
        { role: 'admin', tenant_id: tenant.id },
        { role: 'tenant-admin' },
      ],
    })
    const { status, body } = await refused(server, 'POST', `/tenants/${tenant.id}/suspend`, { as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'tenants.retire',
      tenant_id: null,
      leg: 'owner_permission',
    })
    expect(await statusOf(server, tenant.id)).toBe('active')
  })

  it('refuses a token that does not store the permission', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const stored = { permissions: ['tenants.update'], tenants: ['any'] }
    const { as } = await given.token((await given.admin()).id, stored)
    const { status, body } = await refused(server, 'POST', `/tenants/${tenant.id}/suspend`, { as })
    expect([status, body.details.leg]).toEqual([403, 'token_permission'])
    expect(await statusOf(server, tenant.id)).toBe('active')
  })

  it('answers 404 alike for every id of nothing', async () => {
    const { slug } = await server.given.tenant()
    const path = (id: string) => `/tenants/${id}/suspend`
    const unknown = await refused(server, 'POST', path(unknownId), { as: keeper })
    for (const id of ['any', slug, ...idsOfNothing]) {
      const { status, body } = await refused(server, 'POST', path(id), { as: keeper })
      expect([id, status]).toEqual([id, 404])
      expect(withoutId(body)).toEqual(withoutId(unknown.body))
    }
  })

  it('refuses a retired tenant, which stays retired', async () => {
    const { id } = await server.given.tenant('test', 'retired')
    const answer = await refused(server, 'POST', `/tenants/${id}/suspend`, { as: keeper })
    expect([answer.status, answer.body.error]).toEqual([409, 'conflict'])
    expect(await statusOf(server, id)).toBe('retired')
  })
})
