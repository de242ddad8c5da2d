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

const retire = (id: string) => server.call('POST', `/tenants/${id}/retire`, { as: keeper })

describe('POST /tenants/{id}/retire, 200', () => {
  it.each(['active', 'suspended'])('ends a tenant that is %s', async (status) => {
    const tenant = await server.given.tenant('production', status)
    const answer = await retire(tenant.id)
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      id: tenant.id,
      slug: tenant.slug,
      name: tenant.slug,
      type: 'production',
      status: 'retired',
      created_at: instant,
    })
    expect(await statusOf(server, tenant.id)).toBe('retired')
  })

  it('stops sessions and tokens in the tenant at once, and names the tenant’s status', async () => {
    const tenant = await inhabited(server)
    expect(await readings(server.call, tenant)).toEqual(open)
    await retire(tenant.id)
    expect(await readings(server.call, tenant)).toEqual(shut)
  })

  it('keeps the records of the tenant', async () => {
    const tenant = await inhabited(server)
    const { audit_events: _, ...before } = await server.traces()
    await retire(tenant.id)
    const { audit_events: __, ...after } = await server.traces()
    expect(after).toEqual(before)
  })

  it('changes nothing the second time and leaves no second event', async () => {
    const { id } = await server.given.tenant()
    await retire(id)
    const before = await server.traces()
    const again = await retire(id)
    expect([again.status, again.body.status]).toEqual([200, 'retired'])
    expect(await server.traces()).toEqual(before)
    expect(await actionsOn(server, id)).toEqual(['tenant.retired'])
  })

  it('is final: neither activation nor suspension undoes it', async () => {
    const tenant = await inhabited(server)
    await retire(tenant.id)
    for (const way of ['activate', 'suspend']) {
      const path = `/tenants/${tenant.id}/${way}`
      const { status, body } = await refused(server, 'POST', path, { as: keeper })
      expect([status, body.error]).toEqual([409, 'conflict'])
    }
    expect(await statusOf(server, tenant.id)).toBe('retired')
    expect(await readings(server.call, tenant)).toEqual(shut)
  })
})

describe('POST /tenants/{id}/retire, 401, 403 and 404', () => {
  it('refuses a call without a credential', async () => {
    const { id } = await server.given.tenant()
    expect((await refused(server, 'POST', `/tenants/${id}/retire`)).status).toBe(401)
    expect(await statusOf(server, id)).toBe('active')
  })

  it('refuses who holds the permission in the tenant only, and who only creates tenants', async () => {
    const { given } = server
    const { id } = await given.tenant()
    const { as } = await given.person({
      tenants: ['any'],
      grants: [
        { role: 'admin', tenant_id: id },
        { role: 'tenant-admin' },
        { permissions: ['tenants.create'] },
      ],
    })
    const { status, body } = await refused(server, 'POST', `/tenants/${id}/retire`, { as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'tenants.retire',
      tenant_id: null,
      leg: 'owner_permission',
    })
    expect(await statusOf(server, id)).toBe('active')
  })

  it('answers 404 alike for every id of nothing', async () => {
    const path = (id: string) => `/tenants/${id}/retire`
    const unknown = await refused(server, 'POST', path(unknownId), { as: keeper })
    for (const id of ['any', ...idsOfNothing]) {
      const { status, body } = await refused(server, 'POST', path(id), { as: keeper })
      expect([id, status]).toEqual([id, 404])
      expect(withoutId(body)).toEqual(withoutId(unknown.body))
    }
  })
})
