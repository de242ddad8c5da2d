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

const activate = (id: string) => server.call('POST', `/tenants/${id}/activate`, { as: keeper })

describe('POST /tenants/{id}/activate, 200', () => {
  it('brings a suspended tenant back and leaves all else as it was', async () => {
    const tenant = await server.given.tenant('production', 'suspended')
    const { status, body } = await activate(tenant.id)
    expect(status).toBe(200)
    expect(body).toEqual({
      id: tenant.id,
      slug: tenant.slug,
      name: tenant.slug,
      type: 'production',
      status: 'active',
      created_at: instant,
    })
    expect(await statusOf(server, tenant.id)).toBe('active')
  })

  it('gives sessions and tokens back at once what they had there', async () => {
    const tenant = await inhabited(server, 'suspended')
    expect(await readings(server.call, tenant)).toEqual(shut)
    await activate(tenant.id)
    expect(await readings(server.call, tenant)).toEqual(open)
  })

  it('gives back nothing that was lost meanwhile', async () => {
    const { call, database } = server
    const tenant = await inhabited(server, 'suspended')
    await database.sql('DELETE FROM grants WHERE user_id = $1', [tenant.person.id])
    await activate(tenant.id)
    expect(await readings(call, tenant)).toEqual({
      session: [403, 'owner_permission'],
      token: [403, 'owner_permission'],
    })
  })

  it('changes nothing in an active tenant and leaves no event', async () => {
    const { id } = await server.given.tenant()
    const before = await server.traces()
    const { status, body } = await activate(id)
    expect([status, body.status]).toEqual([200, 'active'])
    expect(await server.traces()).toEqual(before)
  })

  it('leaves one event when many activate at the same moment', async () => {
    const { id } = await server.given.tenant('test', 'suspended')
    const answers = await Promise.all(Array.from({ length: 8 }, () => activate(id)))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(await actionsOn(server, id)).toEqual(['tenant.activated'])
  })
})

describe('POST /tenants/{id}/activate, 401, 403, 404 and 409', () => {
  it('refuses a call without a credential', async () => {
    const { id } = await server.given.tenant('test', 'suspended')
    expect((await refused(server, 'POST', `/tenants/${id}/activate`)).status).toBe(401)
    expect(await statusOf(server, id)).toBe('suspended')
  })

  it('refuses the tenant’s own administrator: who was suspended does not free himself', async () => {
    const { given } = server
    const { id } = await given.tenant('test', 'suspended')
    const { as } = await given.person({
      tenants: [id],
      grants: [{ role: 'admin', tenant_id: id }, { role: 'tenant-admin' }],
    })
    const { status, body } = await refused(server, 'POST', `/tenants/${id}/activate`, { as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'tenants.retire',
      tenant_id: null,
      leg: 'owner_permission',
    })
    expect(await statusOf(server, id)).toBe('suspended')
  })

  it('answers 404 alike for every id of nothing', async () => {
    const path = (id: string) => `/tenants/${id}/activate`
    const unknown = await refused(server, 'POST', path(unknownId), { as: keeper })
    for (const id of ['any', ...idsOfNothing]) {
      const { status, body } = await refused(server, 'POST', path(id), { as: keeper })
      expect([id, status]).toEqual([id, 404])
      expect(withoutId(body)).toEqual(withoutId(unknown.body))
    }
  })

  it('refuses a retired tenant, which stays retired and unreachable', async () => {
    const tenant = await inhabited(server, 'retired')
    const path = `/tenants/${tenant.id}/activate`
    const answer = await refused(server, 'POST', path, { as: keeper })
    expect([answer.status, answer.body.error]).toEqual([409, 'conflict'])
    expect(await statusOf(server, tenant.id)).toBe('retired')
    expect(await readings(server.call, tenant)).toEqual(shut)
  })
})
