import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { idsOfNothing, leaveActive, refused, unknownId, withoutId } from './expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

async function scene() {
  const { given } = server
  const [a, b] = [await given.tenant('test'), await given.tenant('test')]
  const caller = await given.person({
    tenants: [a.id, b.id],
    grants: [{ permissions: ['tenants.members'] }],
  })
  const user = await given.person({
    tenants: [a.id, b.id],
    grants: [{ permissions: ['users.read'] }],
  })
  return { a, b, caller, user }
}

type Entry = { tenant_id: string }
const placesOf = async (as: string) =>
  (await server.call('GET', '/me', { as })).body.authority.map(({ tenant_id }: Entry) => tenant_id)

describe('DELETE /users/{id}/tenants/{tenant_id}, 204', () => {
  it('takes the tenant from the user’s session and tokens at once', async () => {
    const { given, call } = server
    const { a, b, caller, user } = await scene()
    const token = await given.token(user.id, {
      permissions: ['users.read'],
      tenants: [a.id, b.id],
    })
    const { status, text } = await call('DELETE', `/users/${user.id}/tenants/${b.id}`, {
      as: caller.as,
    })
    expect([status, text]).toEqual([204, ''])
    expect(await placesOf(user.as)).toEqual([a.id])
    expect(await placesOf(token.as)).toEqual([a.id])
  })

  it('gives the token its right back with the tenant', async () => {
    const { given, call } = server
    const { a, caller, user } = await scene()
    await given.grant(caller.id, { permissions: ['users.read'] })
    const token = await given.token(user.id, { permissions: ['users.read'], tenants: [a.id] })
    const path = `/users/${user.id}/tenants/${a.id}`
    await call('DELETE', path, { as: caller.as })
    expect(await placesOf(token.as)).toEqual([])
    await call('PUT', path, { as: caller.as })
    expect(await placesOf(token.as)).toEqual([a.id])
  })

  it('takes a word, and leaves the tenants that are named beside it', async () => {
    const { given, call } = server
    const tenant = await given.tenant('test')
    const user = await given.person({
      tenants: ['type:test', tenant.id],
      grants: [{ permissions: ['users.read'] }],
    })
    const { as } = await given.admin()
    const { status } = await call('DELETE', `/users/${user.id}/tenants/type:test`, { as })
    expect(status).toBe(204)
    expect(await placesOf(user.as)).toEqual([tenant.id])
  })

  it('ends once: the second time answers 404', async () => {
    const { call } = server
    const { b, caller, user } = await scene()
    const path = `/users/${user.id}/tenants/${b.id}`
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => call('DELETE', path, { as: caller.as })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404])
    expect((await refused(server, 'DELETE', path, { as: caller.as })).status).toBe(404)
  })
})

describe('DELETE /users/{id}/tenants/{tenant_id}, refused', () => {
  it('needs the permission in the tenant that is taken', async () => {
    const { given } = server
    const { a, b, user } = await scene()
    const caller = await given.person({
      tenants: [a.id, b.id],
      grants: [{ permissions: ['tenants.members'], tenant_id: a.id }],
    })
    const path = `/users/${user.id}/tenants/${b.id}`
    const { status, body } = await refused(server, 'DELETE', path, { as: caller.as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'tenants.members',
      tenant_id: b.id,
      leg: 'owner_permission',
    })
  })

  it('keeps a tenant’s administrator from the word by which an administrator reaches it', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await given.person({
      tenants: [tenant.id],
      grants: [{ role: 'tenant-admin', tenant_id: tenant.id }],
    })
    const administrator = await given.admin()
    const path = `/users/${administrator.id}/tenants/any`
    const { status, body } = await refused(server, 'DELETE', path, { as })
    expect(status).toBe(403)
    expect(body.details).toMatchObject({ tenant_id: 'any', leg: 'owner_tenant' })
  })

  it('answers 404 for a tenant that is in the scope only by a word', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const user = await given.person({ tenants: ['any'] })
    const { as } = await given.admin()
    const path = `/users/${user.id}/tenants/${tenant.id}`
    expect((await refused(server, 'DELETE', path, { as })).status).toBe(404)
  })

  it('answers 404 alike for users and tenants that are none of the caller’s business', async () => {
    const { given } = server
    const { a, caller, user } = await scene()
    const foreign = await given.tenant()
    await given.scope(user.id, foreign.id)
    const stranger = await given.person({ tenants: [foreign.id] })
    const paths = [
      `/users/${stranger.id}/tenants/${foreign.id}`,
      `/users/${user.id}/tenants/${foreign.id}`,
      ...idsOfNothing.flatMap((id) => [
        `/users/${id}/tenants/${a.id}`,
        `/users/${user.id}/tenants/${id}`,
      ]),
    ]
    const unknown = await refused(server, 'DELETE', `/users/${unknownId}/tenants/${a.id}`, {
      as: caller.as,
    })
    for (const path of paths) {
      const { status, body } = await refused(server, 'DELETE', path, { as: caller.as })
      expect([path, status]).toEqual([path, 404])
      expect(withoutId(body)).toEqual(withoutId(unknown.body))
    }
  })

  it('keeps the reach of the last administrator who reaches all tenants', async () => {
    const { given, call } = server
    const [caller, other] = [await given.admin(), await given.admin()]
    await leaveActive(server, caller.id, other.id)
    const path = (id: string) => `/users/${id}/tenants/any`
    expect((await call('DELETE', path(other.id), { as: caller.as })).status).toBe(204)
    const { status, body } = await refused(server, 'DELETE', path(caller.id), { as: caller.as })
    expect([status, body.error]).toEqual([409, 'conflict'])
  })
})
