import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { refused, systemPrincipal } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const list = (as: string, tenant: string, query = '') =>
  server.call('GET', `/tenants/${tenant}/tokens${query}`, { as })

const reader = (tenants: string[]) =>
  server.given.person({ tenants, grants: [{ permissions: ['tokens.read'] }] })

const namesOf = (body: { data: { name: string }[] }) => body.data.map(({ name }) => name).sort()

const twoTenants = async () => {
  const { given } = server
  return [(await given.tenant('test')).id, (await given.tenant('production')).id] as const
}

describe('GET /tenants/{id}/tokens 200', () => {
  it('names the other tenants of a token to a caller who may read tokens there, too', async () => {
    const { given } = server
    const [a, b] = await twoTenants()
    const person = await given.person({ tenants: [a, b] })
    await given.token(person.id, { tenants: [a, b] })
    const onlyMember = await given.person({
      tenants: [a, b],
      grants: [{ permissions: ['tokens.read'], tenant_id: a }],
    })

    expect((await list((await reader([a, b])).as, a)).body.data[0].tenants.sort()).toEqual(
      [a, b].sort(),
    )
    expect((await list(onlyMember.as, a)).body.data[0].tenants).toEqual([a])
  })

  it('drops the tokens of an owner who leaves the tenant, and shows them again when they are back', async () => {
    const { given, call } = server
    const [a, b] = await twoTenants()
    const admin = await given.admin()
    const person = await given.person({ tenants: [a, b] })
    await given.token(person.id, { name: 'CI', tenants: [a, b] })
    const { as } = await reader([a])
    const move = (method: string) => call(method, `/users/${person.id}/tenants/${a}`, admin)

    await move('DELETE')
    expect(namesOf((await list(as, a)).body)).toEqual([])
    await move('PUT')
    expect(namesOf((await list(as, a)).body)).toEqual(['CI'])
  })

  it('drops the tokens of a deleted owner, and keeps those of a deactivated one', async () => {
    const { given, call } = server
    const [a] = await twoTenants()
    const admin = await given.admin()
    const [deleted, away] = [
      await given.person({ tenants: [a] }),
      await given.person({ tenants: [a] }),
    ]
    await given.token(deleted.id, { name: 'deleted', tenants: [a] })
    await given.token(away.id, { name: 'away', tenants: [a] })
    await call('DELETE', `/users/${deleted.id}`, admin)
    await call('POST', `/users/${away.id}/deactivate`, admin)

    const { body } = await list((await reader([a])).as, a, '?include=ended')

    expect(body.data).toMatchObject([{ name: 'away', owner: { status: 'deactivated' } }])
  })

  it('shows ended tokens only when asked to', async () => {
    const { given } = server
    const [a] = await twoTenants()
    const person = await given.person({ tenants: [a] })
    const [created_at, expires_at] = [new Date(Date.now() - 2000), new Date(Date.now() - 1000)]
    await given.token(person.id, { name: 'live', tenants: [a] })
    await given.token(person.id, { name: 'expired', tenants: [a], created_at, expires_at })
    await given.token(person.id, { name: 'revoked', tenants: [a], revoked: true })
    const { as } = await reader([a])

    expect(namesOf((await list(as, a)).body)).toEqual(['live'])
    expect(namesOf((await list(as, a, '?include=ended')).body)).toEqual([
      'expired',
      'live',
      'revoked',
    ])
  })

  it('shows the block of this tenant and of no other', async () => {
    const { given, call } = server
    const [a, b] = await twoTenants()
    const admin = await given.admin()
    const person = await given.person({ tenants: [a, b] })
    const token = await given.token(person.id, { tenants: [a, b] })
    const body = { reason: 'Exports at night' }
    await call('PUT', `/tenants/${a}/tokens/${token.id}/block`, { as: admin.as, body })

    expect((await list((await reader([a])).as, a)).body.data[0].block).toMatchObject({
      token_id: token.id,
      tenant_id: a,
      reason: 'Exports at night',
      created_by: admin.id,
    })
    const there = await list((await reader([b])).as, b)
    expect(there.body.data).toMatchObject([{ id: token.id, block: null }])
    expect(there.text).not.toContain(a)
  })

  it('finds by the name of the token or of its owner, page by page', async () => {
    const { given } = server
    const [a] = await twoTenants()
    const [ada, bob] = [await given.person({ tenants: [a] }), await given.person({ tenants: [a] })]
    await given.token(ada.id, { name: 'Import 100%', tenants: [a] })
    await given.token(ada.id, { name: 'CI', tenants: [a] })
    await given.token(bob.id, { name: 'Import', tenants: [a] })
    const { as } = await reader([a])

    expect(namesOf((await list(as, a, '?search=import')).body)).toEqual(['Import', 'Import 100%'])
    expect(namesOf((await list(as, a, '?search=100%25')).body)).toEqual(['Import 100%'])
    expect(namesOf((await list(as, a, `?search=${ada.email}`)).body)).toEqual(['CI', 'Import 100%'])
    const pages = [await list(as, a, '?limit=2'), await list(as, a, '?limit=2&page=2')]
    expect(pages.map(({ body }) => [body.total, body.data.length])).toEqual([
      [3, 2],
      [3, 1],
    ])
  })

  // The last one: a system token reaches the tenants of all other tests.
  it('shows every token that reaches the tenant, of people, service accounts and the system', async () => {
    const { given } = server
    const [a, b] = await twoTenants()
    const person = await given.person({ tenants: [a, b], token_limit: 10 })
    const roamer = await given.person({ tenants: ['type:test'] })
    const account = await given.serviceAccount([a])
    await given.token(person.id, { name: 'by id', tenants: [a, b] })
    await given.token(person.id, { name: 'by any', tenants: ['any'] })
    await given.token(person.id, { name: 'by type', tenants: ['type:test'] })
    await given.token(person.id, { name: 'elsewhere', tenants: [b, 'type:production'] })
    await given.token(person.id, { name: 'platform', tenants: [] })
    await given.token(roamer.id, { name: 'of a roamer', tenants: [a] })
    await given.token(account, { name: 'of an account', tenants: [a] })
    const system = await given.systemToken({ name: 'HR import' })

    const { status, body, text } = await list((await reader([a])).as, a)

    expect(status).toBe(200)
    const names = ['HR import', 'by any', 'by id', 'by type', 'of a roamer', 'of an account']
    expect(namesOf(body)).toEqual(names)
    expect(body.total).toBe(names.length)
    const shown = (name: string) => body.data.find((one: { name: string }) => one.name === name)
    expect(shown('by id')).toMatchObject({
      tenants: [a],
      owner: { id: person.id, is_service_account: false, email: person.email, status: 'active' },
      block: null,
    })
    expect(shown('of an account').owner).toMatchObject({ id: account, is_service_account: true })
    expect(shown('HR import')).toMatchObject({
      id: system.id,
      permissions: ['*.*'],
      tenants: ['any'],
      owner: { id: systemPrincipal, name: 'System' },
    })
    expect(text).not.toContain(b)
    expect(text).not.toContain('token_hash')
  })
})

describe('GET /tenants/{id}/tokens refused', () => {
  it('answers 403 to a member without the permission, and 404 for a tenant elsewhere', async () => {
    const { given } = server
    const [a, b] = await twoTenants()
    const member = await given.person({ tenants: [a], grants: [{ permissions: ['users.read'] }] })

    const known = await refused(server, 'GET', `/tenants/${a}/tokens`, { as: member.as })
    expect(known.body.details).toEqual({
      permission: 'tokens.read',
      tenant_id: a,
      leg: 'owner_permission',
    })
    const path = `/tenants/${b}/tokens`
    expect((await refused(server, 'GET', path, { as: (await reader([a])).as })).status).toBe(404)
  })

  it('answers 403 in a suspended tenant, even to a system token', async () => {
    const { given } = server
    const asleep = (await given.tenant('test', 'suspended')).id
    for (const { as } of [await reader([asleep]), await given.systemToken()]) {
      const { body } = await refused(server, 'GET', `/tenants/${asleep}/tokens`, { as })
      expect(body.details).toMatchObject({ tenant_id: asleep, leg: 'tenant_status' })
    }
  })
})
