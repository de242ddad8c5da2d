import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
let as: string
let tenant: string
beforeAll(async () => {
  server = await startServer()
  tenant = (await server.given.tenant()).id
  const grants = [{ permissions: ['applications.read', 'identities.read'] }]
  as = (await server.given.person({ tenants: [tenant], grants })).as
})
afterAll(() => server.close())

async function accountsOf(id: string, query = ''): Promise<string[]> {
  const { status, body } = await server.call('GET', `/applications/${id}/accounts?${query}`, { as })
  expect(status).toBe(200)
  expect(body.total).toBe(body.data.length)
  return body.data.map(({ account }: { account: string }) => account)
}

describe('GET /applications/:id/accounts', () => {
  it('shows each with its privileges and the person whose it is, or null', async () => {
    const { given, call } = server
    const other = await given.tenant()
    const ada = await given.identity(tenant, { email: 'ada@example.com' })
    await given.identity(tenant, { email: 'gone@example.com', status: 'removed' })
    await given.identity(other.id, { email: 'eve@example.com' })
    const { id } = await given.application(tenant, {
      accounts: [
        ['ada', 'ada@example.com', ['READ', 'WRITE']],
        ['batch', null, []],
        ['eve', 'eve@example.com', []],
        ['gone', 'gone@example.com', []],
      ],
    })
    await given.application(tenant, { accounts: [['elsewhere', null, []]] })
    const { status, body } = await call('GET', `/applications/${id}/accounts?limit=3`, { as })
    expect(status).toBe(200)
    expect(body).toEqual({
      data: [
        {
          account: 'ada',
          email: 'ada@example.com',
          privileges: ['READ', 'WRITE'],
          identity: { id: ada, first_name: 'Ada', last_name: 'Lovelace' },
        },
        { account: 'batch', email: null, privileges: [], identity: null },
        { account: 'eve', email: 'eve@example.com', privileges: [], identity: null },
      ],
      total: 4,
      page: 1,
      limit: 3,
    })
    expect(await accountsOf(id, 'is_matched=true')).toEqual(['ada'])
    expect(await accountsOf(id, 'is_matched=false')).toEqual(['batch', 'eve', 'gone'])
    expect(await accountsOf(id, 'is_matched=false&search=eve')).toEqual(['eve'])
  })

  it('names nobody to who may not see the people of the tenant', async () => {
    const { given, call } = server
    const ada = await given.identity(tenant, { email: 'countess@example.com' })
    const accounts = [['ada', 'countess@example.com', []]]
    const { id } = await given.application(tenant, { accounts } as never)
    const grants = [{ permissions: ['applications.read'] }]
    const other = await given.person({ tenants: [tenant], grants })
    const { body } = await call('GET', `/applications/${id}/accounts`, { as: other.as })
    expect(body.data).toMatchObject([
      { account: 'ada', identity: { id: ada, first_name: null, last_name: null } },
    ])
  })

  it('finds text as it stands in account and address, and turns the order around', async () => {
    const { id } = await server.given.application(tenant, {
      accounts: [
        ['a_1', 'one@example.com', []],
        ['ab1', 'Two@example.com'.toLowerCase(), []],
        ['100%', null, []],
      ],
    })
    expect(await accountsOf(id, 'search=a_1')).toEqual(['a_1'])
    expect(await accountsOf(id, 'search=TWO@')).toEqual(['ab1'])
    expect(await accountsOf(id, 'search=%25')).toEqual(['100%'])
    const asked = await accountsOf(id)
    expect(await accountsOf(id, 'sort=-account')).toEqual(asked.toReversed())
  })

  it('reads every account on one page, near the end too', async () => {
    const names = Array.from({ length: 23 }, (_, n) => `account-${String(n).padStart(2, '0')}`)
    const { id } = await server.given.application(tenant, {
      accounts: names.map((name) => [name, null, []]),
    })
    for (const [sort, expected] of [
      ['account', names],
      ['-account', names.toReversed()],
    ] as const) {
      const seen: string[] = []
      for (const page of [1, 2, 3, 4, 5, 6]) {
        const path = `/applications/${id}/accounts?limit=5&sort=${sort}&page=${page}`
        const { body } = await server.call('GET', path, { as })
        seen.push(...body.data.map(({ account }: { account: string }) => account))
      }
      expect(seen).toEqual(expected)
    }
  })

  it('is not there for an application of another tenant', async () => {
    const { given, call } = server
    const { id } = await given.application((await given.tenant()).id, {
      accounts: [['hidden', null, []]],
    })
    const { status, text } = await call('GET', `/applications/${id}/accounts`, { as })
    expect(status).toBe(404)
    expect(text).not.toContain('hidden')
  })
})
