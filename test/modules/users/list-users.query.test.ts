import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { unknownId } from './expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
  // Who reaches every tenant would be in every list.
  await server.database.sql(`DELETE FROM tenant_scopes`)
})
afterAll(() => server.close())

/** The ids of a list, page by page, in their order. */
async function ids(as: string, query: string, limit = 100): Promise<string[]> {
  const found: string[] = []
  for (let page = 1; ; page += 1) {
    const path = `/users?${query}&limit=${limit}&page=${page}`
    const { status, body } = await server.call('GET', path, { as })
    expect(status).toBe(200)
    found.push(...(body.data as { id: string }[]).map(({ id }) => id))
    if (body.data.length < limit) return found
  }
}

const readerOf = (...tenants: string[]) =>
  server.given.person({ tenants, grants: [{ permissions: ['users.read'] }] })

describe('GET /users?sort', () => {
  it('orders by each column, both ways, and by id where that is equal', async () => {
    const { given, database } = server
    const tenant = await given.tenant()
    const { id: reader, as } = await readerOf(tenant.id)
    const [a, b, c] = [
      (await given.person({ tenants: [tenant.id] })).id,
      (await given.person({ tenants: [tenant.id] })).id,
      (await given.person({ tenants: [tenant.id] })).id,
    ]
    const set = (id: string, name: string, email: string, created: string, seen: string | null) =>
      database.sql(
        'UPDATE users SET name = $2, email = $3, created_at = $4, last_sign_in_at = $5 WHERE id = $1',
        [id, name, email, created, seen],
      )
    await set(a, 'Same', 'x2@example.com', '2026-03-01Z', '2026-05-01Z')
    await set(b, 'Same', 'x3@example.com', '2026-01-01Z', null)
    await set(c, 'Other', 'x1@example.com', '2026-02-01Z', '2026-04-01Z')

    const order = async (sort: string) =>
      (await ids(as, `sort=${sort}`)).filter((id) => id !== reader)
    expect(await order('name')).toEqual([c, a, b])
    expect(await order('-name')).toEqual([b, a, c])
    expect(await order('email')).toEqual([c, a, b])
    expect(await order('-email')).toEqual([b, a, c])
    expect(await order('created_at')).toEqual([b, c, a])
    expect(await order('-created_at')).toEqual([a, c, b])
  })

  it('puts those who never signed in last, either way', async () => {
    const { given, database } = server
    const tenant = await given.tenant()
    const { id: never, as } = await readerOf(tenant.id)
    const early = (await given.person({ tenants: [tenant.id] })).id
    const late = (await given.person({ tenants: [tenant.id] })).id
    for (const [id, at] of [
      [early, '2026-01-01Z'],
      [late, '2026-02-01Z'],
    ]) {
      await database.sql('UPDATE users SET last_sign_in_at = $2 WHERE id = $1', [id, at])
    }

    expect(await ids(as, 'sort=last_sign_in_at')).toEqual([early, late, never])
    expect(await ids(as, 'sort=-last_sign_in_at')).toEqual([late, early, never])
  })

  it.each(['name', '-name', 'created_at', '-last_sign_in_at'])(
    'repeats and leaves out nobody on the pages by %s, where all are equal',
    async (sort) => {
      const { given, database } = server
      const tenant = await given.tenant()
      const { as } = await readerOf(tenant.id)
      for (let count = 0; count < 9; count += 1) await given.person({ tenants: [tenant.id] })
      await database.sql(
        `UPDATE users SET name = 'Same', created_at = '2026-01-01Z'
         WHERE id IN (SELECT user_id FROM tenant_scopes WHERE tenant_id = $1)`,
        [tenant.id],
      )

      const found = await ids(as, `sort=${sort}`, 3)

      expect(found).toHaveLength(10)
      const ascending = [...new Set(found)].sort()
      expect(found).toEqual(sort.startsWith('-') ? ascending.reverse() : ascending)
    },
  )
})

describe('GET /users?tenant_id', () => {
  it('finds who has the tenant in their scope, by its id or by a word', async () => {
    const { given } = server
    const [a, b] = [await given.tenant('test'), await given.tenant('test')]
    const { id, as } = await readerOf('any')
    const named = await given.person({ tenants: [a.id, b.id] })
    const byType = await given.person({ tenants: ['type:test'] })
    const elsewhere = await given.person({ tenants: [b.id, 'type:production'] })

    const found = await ids(as, `tenant_id=${a.id}`)

    expect(found).toEqual(expect.arrayContaining([id, named.id, byType.id]))
    expect(found).not.toContain(elsewhere.id)
  })

  it('says the same of a tenant outside the caller’s reach and of none, and of a suspended one', async () => {
    const { given, call } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const asleep = await given.tenant('test', 'suspended')
    const { as } = await readerOf(a.id, asleep.id)
    await given.person({ tenants: [a.id, b.id, asleep.id] })
    await given.person({ tenants: ['any'] })
    for (const id of [b.id, unknownId, asleep.id]) {
      const { status, body } = await call('GET', `/users?tenant_id=${id}`, { as })
      expect({ id, status, body }).toEqual({
        id,
        status: 200,
        body: { data: [], total: 0, page: 1, limit: 20 },
      })
    }
  })
})

describe('GET /users?role_id', () => {
  it('finds who holds the role in a tenant within reach, or without a tenant', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const { as } = await readerOf(a.id)
    const holder = async (tenant_id: string | null) => {
      const { id } = await given.person({ tenants: [a.id, b.id] })
      await given.grant(id, { role: 'service-account-operator', tenant_id })
      return id
    }
    const [inA, inB, everywhere] = [await holder(a.id), await holder(b.id), await holder(null)]
    const role = await given.roleId('service-account-operator')

    expect((await ids(as, `role_id=${role}`)).sort()).toEqual([inA, everywhere].sort())
    expect(await ids(as, `role_id=${unknownId}`)).toEqual([])
    const { as: admin } = await given.admin()
    const of = (tenant: string) => ids(admin, `role_id=${role}&tenant_id=${tenant}`)
    expect((await of(a.id)).sort()).toEqual([inA, everywhere].sort())
    expect((await of(b.id)).sort()).toEqual([inB, everywhere].sort())
  })
})
