import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, instant, refused } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

async function listed(as: string, query = ''): Promise<string[]> {
  const { status, body } = await server.call('GET', `/tenants?limit=100${query}`, { as })
  expect(status).toBe(200)
  expect(body.total).toBe(body.data.length)
  return body.data.map(({ id }: { id: string }) => id)
}

describe('GET /tenants', () => {
  it('shows the tenants where the caller holds the permission, with exactly these fields', async () => {
    const { given, call } = server
    const [held, scopeOnly, foreign] = [
      await given.tenant('production'),
      await given.tenant(),
      await given.tenant(),
    ]
    const { as } = await given.person({
      tenants: [held.id, scopeOnly.id],
      grants: [
        { permissions: ['tenants.read'], tenant_id: held.id },
        { permissions: ['tenants.read'], tenant_id: foreign.id },
      ],
    })
    const { status, body } = await call('GET', '/tenants', { as })
    expect(status).toBe(200)
    expect(body).toEqual({
      data: [
        {
          id: held.id,
          slug: held.slug,
          name: held.slug,
          type: 'production',
          status: 'active',
          created_at: instant,
        },
      ],
      total: 1,
      page: 1,
      limit: 20,
    })
  })

  it('expands a word at this moment, and leaves out what is not active', async () => {
    const { given, database } = server
    const { as } = await given.person({
      tenants: ['type:test'],
      grants: [{ permissions: ['tenants.read'] }],
    })
    const [test, production] = [await given.tenant('test'), await given.tenant('production')]
    const suspended = await given.tenant('test', 'suspended')
    const retired = await given.tenant('test', 'retired')

    const before = await listed(as)
    expect(before).toContain(test.id)
    for (const { id } of [production, suspended, retired]) expect(before).not.toContain(id)

    await database.sql(`UPDATE tenants SET status = 'suspended' WHERE id = $1`, [test.id])
    expect(await listed(as)).not.toContain(test.id)
  })

  it.each<[string, (id: string) => { scope: string[]; readsIn: string | null }]>([
    ['whose only tenant is suspended', (id) => ({ scope: [id], readsIn: null })],
    ['who reads in the suspended tenant only', (id) => ({ scope: [id], readsIn: id })],
    ['with no tenant in the scope', () => ({ scope: [], readsIn: null })],
  ])('shows what to bring back, and nothing else, to a reviver %s', async (_, made) => {
    const { given, call } = server
    const [asleep, active] = [await given.tenant('test', 'suspended'), await given.tenant()]
    const { scope, readsIn } = made(asleep.id)
    const reads = { permissions: ['tenants.read'], tenant_id: readsIn }
    const revives = { permissions: ['tenants.retire'] }
    const keeper = await given.person({ tenants: scope, grants: [reads, revives] })
    const reader = await given.person({ tenants: scope, grants: [reads] })
    const mute = await given.person({ tenants: scope, grants: [revives] })

    expect(await listed(keeper.as, `&search=${asleep.slug}`)).toEqual([asleep.id])
    expect(await listed(keeper.as, `&search=${active.slug}`)).toEqual([])
    expect(await listed(keeper.as, '&status=active')).toEqual([])
    for (const { as } of [reader, mute]) {
      expect((await refused(server, 'GET', '/tenants', { as })).status).toBe(403)
    }
    const withoutReading = await given.token(keeper.id, {
      permissions: ['tenants.retire'],
      tenants: [asleep.id],
    })
    expect((await refused(server, 'GET', '/tenants', { as: withoutReading.as })).status).toBe(403)

    const path = `/tenants/${asleep.id}/activate`
    expect((await call('POST', path, { as: keeper.as })).status).toBe(200)
    expect(await listed(keeper.as, '&status=active')).toEqual(scope)
  })

  it.each(['suspended', 'retired'])(
    'shows a %s tenant to who can end and revive tenants, and to nobody else',
    async (status) => {
      const { given } = server
      const tenant = await given.tenant('test', status)
      const [own, active] = [await given.tenant(), await given.tenant()]
      const reads = { permissions: ['tenants.read'] }
      const retires = { permissions: ['tenants.retire'] }
      const keeper = await given.person({ tenants: [own.id], grants: [reads, retires] })
      const others = {
        inTheTenant: await given.person({ tenants: [tenant.id, own.id], grants: [reads] }),
        everywhere: await given.person({
          tenants: ['any'],
          grants: [reads, { permissions: ['tenants.create'] }],
        }),
        inTheTenantOnly: await given.person({
          tenants: ['any'],
          grants: [reads, { role: 'admin', tenant_id: tenant.id }],
        }),
        byATokenWithout: await given.token(keeper.id, { tenants: [own.id] }),
      }
      const holder = await given.token(keeper.id, {
        permissions: ['tenants.read', 'tenants.retire'],
        tenants: [own.id],
      })
      const search = `&search=${tenant.slug}`
      for (const { as } of [keeper, holder]) {
        expect(await listed(as, search)).toEqual([tenant.id])
        expect(await listed(as, `&search=${tenant.id}`)).toEqual([tenant.id])
        expect(await listed(as, `${search}&status=${status}`)).toEqual([tenant.id])
        expect(await listed(as, `${search}&status=active`)).toEqual([])
        // What sleeps is all that the permission shows: an active tenant elsewhere stays out of sight.
        expect(await listed(as, `&search=${active.slug}`)).toEqual([])
        expect(await listed(as, `&search=${active.id}`)).toEqual([])
        expect(await listed(as, '&status=active')).toEqual([own.id])
      }
      for (const { as } of Object.values(others)) {
        expect(await listed(as, search)).toEqual([])
        expect(await listed(as, `&search=${tenant.id}`)).toEqual([])
        expect(await listed(as, `&status=${status}`)).toEqual([])
      }
    },
  )

  it('shows through a token what it stores and its owner reaches, and no tenant that blocked it', async () => {
    const { given, database } = server
    const [a, b, blocking] = [
      await given.tenant(),
      await given.tenant(),
      await given.tenant('production'),
    ]
    const owner = await given.person({
      tenants: [a.id, blocking.id],
      grants: [{ permissions: ['tenants.read'] }],
    })
    const token = await given.token(owner.id, { tenants: [a.id, b.id, blocking.id] })
    await database.sql(
      `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, '', $3)`,
      [token.id, blocking.id, owner.id],
    )
    expect(await listed(token.as)).toEqual([a.id])
  })

  it('finds by part of name and slug in any case, and by type', async () => {
    const { given, database } = server
    const { as } = await given.admin()
    const tenant = await given.tenant('production')
    await database.sql(`UPDATE tenants SET name = 'Ärzte & Söhne' WHERE id = $1`, [tenant.id])
    const search = (text: string) => `&search=${encodeURIComponent(text)}`
    expect(await listed(as, search('ÄRZTE & s'))).toEqual([tenant.id])
    expect(await listed(as, search(tenant.slug.toUpperCase()))).toEqual([tenant.id])
    expect(await listed(as, `${search(tenant.slug)}&type=production`)).toEqual([tenant.id])
    expect(await listed(as, `${search(tenant.slug)}&type=test`)).toEqual([])
  })

  it.each(['t%', '_', '%'])('takes the search text %j literally', async (text) => {
    const { as } = await server.given.admin()
    await server.given.tenant()
    expect(await listed(as, `&search=${encodeURIComponent(text)}`)).toEqual([])
  })

  it('pages through all, each tenant once, by name', async () => {
    const { given, call } = server
    const tenants = await Promise.all(Array.from({ length: 5 }, () => given.tenant()))
    const { as } = await given.person({
      tenants: tenants.map(({ id }) => id),
      grants: [{ permissions: ['tenants.read'] }],
    })
    const seen: string[] = []
    for (const page of [1, 2, 3, 4]) {
      const { body } = await call('GET', `/tenants?limit=2&page=${page}`, { as })
      expect(body).toMatchObject({ total: 5, page, limit: 2 })
      seen.push(...body.data.map(({ name }: { name: string }) => name))
    }
    expect(seen).toEqual(tenants.map(({ slug }) => slug).sort())
  })

  it.each([
    ['page=0', 'page'],
    ['limit=101', 'limit'],
    ['type=staging', 'type'],
    ['status=asleep', 'status'],
    ['slug=acme', 'slug'],
    ['search=', 'search'],
  ])('refuses ?%s', async (query, field) => {
    const { as } = await server.given.admin()
    const { status, body } = await refused(server, 'GET', `/tenants?${query}`, { as })
    expect(status).toBe(400)
    expect(fieldsOf(body)).toEqual([field])
  })

  it('names the permission that is held nowhere', async () => {
    const { as } = await server.given.person({
      tenants: ['any'],
      grants: [{ permissions: ['tenants.create'] }],
    })
    const { status, body } = await refused(server, 'GET', '/tenants', { as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'tenants.read',
      tenant_id: null,
      leg: 'owner_permission',
    })
  })
})
