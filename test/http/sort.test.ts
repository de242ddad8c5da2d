import type { RouteOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../support/given.ts'
import { startServer } from '../support/server.ts'

type QuerySchema = { properties?: Record<string, { enum?: string[]; default?: string }> }
const propertiesOf = ({ schema }: RouteOptions) =>
  (schema?.querystring as QuerySchema | undefined)?.properties ?? {}

// Started here and not in beforeAll: the tests themselves are made from the server's table of routes.
const server = await startServer()
const lists = server.app.routes
  .filter((route) => route.schema?.operationId && route.method === 'GET')
  .filter((route) => propertiesOf(route)['page'] !== undefined)
  .map((route) => ({
    operationId: route.schema?.operationId ?? '',
    url: route.url.replace('/api/v1', ''),
    sort: propertiesOf(route)['sort'] ?? {},
  }))
const orders = lists.flatMap((list) =>
  (list.sort.enum ?? []).map((order) => ({ ...list, order, name: `${list.url}?sort=${order}` })),
)

let admin: Person
let ids: Record<string, string>

beforeAll(async () => {
  const { given } = server
  admin = await given.admin()
  const tenant = await given.tenant()
  const user = await given.person({ tenants: [tenant.id] })
  for (const role of ['read-only', 'tenant-admin', 'service-account-operator']) {
    await given.grant(user.id, { role, tenant_id: tenant.id })
    await given.grant(user.id, { role })
    await given.tenant('production')
    await given.serviceAccount([tenant.id])
    await given.session(admin.id)
  }
  for (const days of [3, 1, 2]) {
    const expires_at = new Date(Date.now() + days * 86_400_000)
    const created_at = new Date(Date.now() - ((days * 7) % 5) * 1000)
    await given.token(admin.id, { tenants: [tenant.id], expires_at, created_at })
  }
  const accounts = ['bob', 'ada', 'eve'].map((name) => [name, null, []] as [string, null, []])
  const application = await given.application(tenant.id, { accounts })
  for (const last_name of ['Lovelace', 'Hopper', 'Curie']) {
    await given.application(tenant.id)
    await given.identity(tenant.id, { last_name })
  }
  ids = { users: user.id, tenants: tenant.id, applications: application.id }
})
afterAll(() => server.close())

type Row = Record<string, string | null>

async function rowsOf(url: string, query: string): Promise<Row[]> {
  const area = url.split('/')[1] ?? ''
  const path = url.replace(':id', ids[area] ?? 'nothing')
  const { status, body } = await server.call('GET', `${path}?${query}`, { as: admin.as })
  expect({ path, status }).toEqual({ path, status: 200 })
  return body.data
}

/** In the order of the database, whose collation may not be ours. */
async function ascending(values: (string | null | undefined)[]) {
  const text = 'SELECT v FROM unnest($1::text[]) v WHERE v IS NOT NULL ORDER BY v'
  return (await server.database.sql<{ v: string }>(text, [values])).map(({ v }) => v)
}

describe('Every list that pages', () => {
  it.each(lists)('takes a sort parameter with a default that it allows: $url', ({ sort }) => {
    expect(sort.enum).toContain(sort.default)
    const columns = (sort.enum ?? []).filter((order) => !order.startsWith('-'))
    expect([...(sort.enum ?? [])].sort()).toEqual(
      [...columns, ...columns.map((column) => `-${column}`)].sort(),
    )
  })

  it.each(lists)('refuses to sort $url by what it does not name', async ({ url }) => {
    const path = url.replace(':id', ids[url.split('/')[1] ?? ''] ?? 'nothing')
    for (const order of ['id;--', 'password_hash', '']) {
      const query = `sort=${encodeURIComponent(order)}`
      const { status, body } = await server.call('GET', `${path}?${query}`, { as: admin.as })
      expect(status).toBe(400)
      expect(body.errors).toEqual([{ field: 'sort', message: expect.any(String) }])
    }
  })

  it.each(orders)('$name comes in this order', async ({ url, order }) => {
    const column = order.replace('-', '')
    const rows = await rowsOf(url, `sort=${order}&limit=100`)

    const values = rows.map((row) => row[column]).filter((value) => value !== null)
    const expected = await ascending(values)
    expect(values).toEqual(order.startsWith('-') ? expected.reverse() : expected)
  })

  it.each(orders)('$name has the same rows in the same order on pages of one', async (list) => {
    const whole = await rowsOf(list.url, `sort=${list.order}&limit=100`)
    const pages: Row[] = []
    for (let page = 1; page <= Math.min(whole.length, 10); page += 1) {
      pages.push(...(await rowsOf(list.url, `sort=${list.order}&limit=1&page=${page}`)))
    }
    expect(pages).toEqual(whole.slice(0, 10))
  })

  it.each([
    'listUsers',
    'listServiceAccounts',
    'listTenants',
    'listOwnTenants',
    'listMembers',
    'listRoles',
    'listPermissions',
    'listOwnTokens',
    'listGrants',
    'listIdentities',
    'listApplications',
    'listApplicationAccounts',
  ])('is not tested on nothing: %s', async (operationId) => {
    const { url = '' } = lists.find((list) => list.operationId === operationId) ?? {}
    expect((await rowsOf(url, 'limit=100')).length).toBeGreaterThan(2)
  })
})
