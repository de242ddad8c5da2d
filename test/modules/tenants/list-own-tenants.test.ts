import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, instant, refused } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

async function listed(as: string, query = ''): Promise<string[]> {
  const { status, body } = await server.call('GET', `/me/tenants?limit=100${query}`, { as })
  expect(status).toBe(200)
  return body.data.map(({ id }: { id: string }) => id)
}

describe('GET /me/tenants', () => {
  it('shows the scope of who holds no permission at all, with exactly these fields', async () => {
    const { given, call } = server
    const tenant = await given.tenant('test')
    const { as } = await given.person({ tenants: [tenant.id] })
    const { status, body } = await call('GET', '/me/tenants', { as })
    expect(status).toBe(200)
    expect(body).toEqual({
      data: [
        {
          id: tenant.id,
          slug: tenant.slug,
          name: tenant.slug,
          type: 'test',
          status: 'active',
          created_at: instant,
        },
      ],
      total: 1,
      page: 1,
      limit: 20,
    })
  })

  it('expands words, and leaves out tenants that are not active', async () => {
    const { given } = server
    const [test, production] = [await given.tenant('test'), await given.tenant('production')]
    const suspended = await given.tenant('test', 'suspended')
    const inTests = await listed((await given.person({ tenants: ['type:test'] })).as)
    expect(inTests).toContain(test.id)
    expect(inTests).not.toContain(production.id)
    expect(inTests).not.toContain(suspended.id)
    const inAny = await listed((await given.person({ tenants: ['any'] })).as)
    expect(inAny).toEqual(expect.arrayContaining([test.id, production.id]))
    expect(inAny).not.toContain(suspended.id)
  })

  it.each([
    ['a token of two tenants, of which its owner has one', ['a', 'b'], ['a'], ['a']],
    ['a token of a word, whose owner has one tenant', ['any'], ['a'], ['a']],
    ['a token of one tenant, whose owner has a word', ['a'], ['any'], ['a']],
    ['a token of no tenant', [], ['any'], []],
    ['an owner of no tenant', ['any'], [], []],
  ])('intersects the two scopes: %s', async (_, stored, held, expected) => {
    const { given } = server
    const tenants: Record<string, string> = {
      a: (await given.tenant()).id,
      b: (await given.tenant()).id,
    }
    const idsOf = (names: string[]) => names.map((name) => tenants[name] ?? name)
    const owner = await given.person({ tenants: idsOf(held) })
    const token = await given.token(owner.id, { tenants: idsOf(stored) })
    expect(await listed(token.as)).toEqual(idsOf(expected))
  })

  it('leaves out a tenant that has blocked the token', async () => {
    const { given, database } = server
    const [open, blocking] = [await given.tenant(), await given.tenant()]
    const owner = await given.person({ tenants: [open.id, blocking.id] })
    const token = await given.token(owner.id, { tenants: [open.id, blocking.id] })
    await database.sql(
      `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, '', $3)`,
      [token.id, blocking.id, owner.id],
    )
    expect(await listed(token.as)).toEqual([open.id])
    expect((await listed(owner.as)).sort()).toEqual([open.id, blocking.id].sort())
  })

  it('finds by part of the slug', async () => {
    const { given } = server
    const [found, other] = [await given.tenant(), await given.tenant()]
    const { as } = await given.person({ tenants: [found.id, other.id] })
    expect(await listed(as, `&search=${found.slug.slice(2)}`)).toEqual([found.id])
  })

  it.each([
    ['in any case', 'nORD'],
    ['literally', '%'],
  ])('finds by part of the name, %s', async (_, search) => {
    const { given, database } = server
    const [found, other] = [await given.tenant(), await given.tenant()]
    await database.sql(`UPDATE tenants SET name = 'Nord 100%' WHERE id = $1`, [found.id])
    const { as } = await given.person({ tenants: [found.id, other.id] })
    expect(await listed(as, `&search=${encodeURIComponent(search)}`)).toEqual([found.id])
  })

  it('refuses an unknown parameter and a call without a credential', async () => {
    const { as } = await server.given.person()
    const { status, body } = await refused(server, 'GET', '/me/tenants?type=test', { as })
    expect([status, fieldsOf(body)]).toEqual([400, ['type']])
    expect((await refused(server, 'GET', '/me/tenants')).status).toBe(401)
  })
})
