import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, idsOfNothing, refused, systemPrincipal, unknownId } from './expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

type Entry = { tenant_id: string | null; permissions: string[] }
async function held(as: string, id: string, query = ''): Promise<Map<string | null, string[]>> {
  const path = `/users/${id}/effective-permissions${query}`
  const { status, body } = await server.call('GET', path, { as })
  expect(status).toBe(200)
  expect(Object.keys(body).sort()).toEqual(['authority', 'id'])
  expect(body.id).toBe(id)
  return new Map((body.authority as Entry[]).map((one) => [one.tenant_id, one.permissions]))
}

const readerIn = (...tenants: string[]) =>
  server.given.person({ tenants, grants: [{ permissions: ['users.read'] }] })

describe('GET /users/{id}/effective-permissions 200', () => {
  it('shows pairs: what is held in each tenant, what on the platform, and no cross product', async () => {
    const { given } = server
    const [a, b] = [await given.tenant('test'), await given.tenant('test')]
    const outside = await given.tenant('test')
    const { as } = await readerIn('any')
    const user = await given.person({
      tenants: [a.id, b.id],
      grants: [
        { permissions: ['audit.read'], tenant_id: a.id },
        { permissions: ['tokens.*', 'roles.read'] },
        { permissions: ['users.read'], tenant_id: outside.id },
        { permissions: ['roles.write'], tenant_id: b.id },
      ],
    })

    expect(await held(as, user.id)).toEqual(
      new Map([
        [null, ['roles.read', 'tokens.introspect']],
        [a.id, ['audit.read', 'tokens.read', 'tokens.revoke']],
        [b.id, ['tokens.read', 'tokens.revoke']],
      ]),
    )
  })

  it('is what the user can do: the same as the user’s own GET /me', async () => {
    const { given, call } = server
    const tenant = await given.tenant('production')
    const { as } = await given.admin()
    const user = await given.person({
      tenants: [tenant.id, 'type:test'],
      grants: [{ role: 'read-only' }, { role: 'tenant-admin', tenant_id: tenant.id }],
    })
    const { authority } = (await call('GET', '/me', { as: user.as })).body
    const own = new Map((authority as Entry[]).map((one) => [one.tenant_id, one.permissions]))
    expect([...own.keys()].sort()).toEqual([null, tenant.id, 'type:test'].sort())
    expect(await held(as, user.id)).toEqual(own)
  })

  it('leaves out the tenants and the words that are none of the caller’s business', async () => {
    const { given } = server
    const [a, b] = [await given.tenant('test'), await given.tenant('production')]
    const { as } = await readerIn(a.id)
    const user = await given.person({
      tenants: [a.id, b.id, 'type:test', 'type:production'],
      grants: [{ permissions: ['audit.read'] }],
    })

    expect(await held(as, user.id)).toEqual(
      new Map([
        [a.id, ['audit.read']],
        ['type:test', ['audit.read']],
      ]),
    )
    const { as: wide } = await readerIn('any')
    expect([...(await held(wide, user.id)).keys()].sort()).toEqual(
      [a.id, b.id, 'type:test', 'type:production'].sort(),
    )
  })

  it('follows a grant and its end, a suspension and a deactivation at once', async () => {
    const { given, call, database } = server
    const tenant = await given.tenant()
    const admin = await given.admin()
    const user = await given.person({ tenants: [tenant.id] })
    const seen = () => held(admin.as, user.id)
    expect(await seen()).toEqual(new Map())
    const body = { role_id: await given.role(['audit.read']), tenant_id: tenant.id }
    const granted = await call('POST', `/users/${user.id}/grants`, { as: admin.as, body })
    const full = new Map([[tenant.id, ['audit.read']]])
    expect(await seen()).toEqual(full)

    const setTenant = (status: string) =>
      database.sql('UPDATE tenants SET status = $2 WHERE id = $1', [tenant.id, status])
    await setTenant('suspended')
    expect(await seen()).toEqual(new Map())
    await setTenant('active')
    expect(await seen()).toEqual(full)
    await call('POST', `/users/${user.id}/deactivate`, { as: admin.as })
    expect(await seen()).toEqual(new Map())
    await database.sql(`UPDATE users SET status = 'active' WHERE id = $1`, [user.id])
    await call('DELETE', `/users/${user.id}/grants/${granted.body.id}`, { as: admin.as })
    expect(await seen()).toEqual(new Map())
  })

  it('tells of one tenant what a word of the scope gives there', async () => {
    const { given } = server
    const [test, production] = [await given.tenant('test'), await given.tenant('production')]
    const { as } = await readerIn('any')
    const user = await given.person({
      tenants: ['type:test'],
      grants: [{ permissions: ['users.read', 'audit.read', 'roles.read'] }],
    })
    const of = (id: string) => held(as, user.id, `?tenant_id=${id}`)
    expect(await of(test.id)).toEqual(new Map([[test.id, ['audit.read', 'users.read']]]))
    expect(await of(production.id)).toEqual(new Map([[production.id, []]]))
  })
})

describe('GET /users/{id}/effective-permissions, refusals', () => {
  it('answers one 404 for a tenant outside the caller’s reach, a suspended one and none', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const asleep = await given.tenant('test', 'suspended')
    const { as } = await readerIn(a.id, asleep.id)
    const user = await given.person({ tenants: ['any'], grants: [{ role: 'read-only' }] })
    for (const id of [b.id, asleep.id, unknownId]) {
      const path = `/users/${user.id}/effective-permissions?tenant_id=${id}`
      const { status } = await refused(server, 'GET', path, { as })
      expect({ id, status }).toEqual({ id, status: 404 })
    }
  })

  it('answers 404 for another tenant’s user, the system’s and none', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const { as } = await readerIn(a.id)
    const far = await given.person({ tenants: [b.id], grants: [{ role: 'read-only' }] })
    for (const id of [far.id, systemPrincipal, ...idsOfNothing]) {
      const path = `/users/${id}/effective-permissions`
      const { status } = await refused(server, 'GET', path, { as })
      expect({ id, status }).toEqual({ id, status: 404 })
    }
  })

  it('refuses a wrong tenant_id and an unknown parameter', async () => {
    const admin = await server.given.admin()
    for (const [query, field] of [
      ['tenant_id=any', 'tenant_id'],
      ['tenant_id=', 'tenant_id'],
      ['permission=users.read', 'permission'],
    ]) {
      const path = `/users/${admin.id}/effective-permissions?${query}`
      const { status, body } = await refused(server, 'GET', path, { as: admin.as })
      expect([status, fieldsOf(body)]).toEqual([400, [field]])
    }
  })

  it('needs users.read, of a token too', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const user = await given.person({ tenants: [tenant.id] })
    const admin = await given.admin()
    const token = await given.token(admin.id, { permissions: ['audit.read'], tenants: ['any'] })
    for (const { as } of [user, token]) {
      const path = `/users/${user.id}/effective-permissions`
      const { status, body } = await refused(server, 'GET', path, { as })
      expect([status, body.details.permission]).toEqual([403, 'users.read'])
    }
  })
})
