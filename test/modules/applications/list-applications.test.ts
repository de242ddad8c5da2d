import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const import_schedule = {
  cron: '30 2 * * *',
  source_url: 'https://exports.example.com/accounts.csv?signature=s3cret',
}

async function readerOf(tenant: string, ...more: string[]) {
  const permissions = ['applications.read', ...more]
  return (await server.given.person({ tenants: [tenant], grants: [{ permissions }] })).as
}

async function listed(as: string, query = ''): Promise<string[]> {
  const { status, body } = await server.call('GET', `/applications?limit=100${query}`, { as })
  expect(status).toBe(200)
  expect(body.total).toBe(body.data.length)
  return body.data.map(({ id }: { id: string }) => id)
}

describe('GET /applications', () => {
  it('shows those of the tenants where the caller holds the permission, and which are awake', async () => {
    const { given } = server
    const [held, foreign] = [await given.tenant('test'), await given.tenant('production')]
    const asleep = await given.tenant('test', 'suspended')
    const { id } = await given.application(held.id)
    for (const other of [foreign, asleep]) await given.application(other.id)
    expect(await listed(await readerOf(held.id))).toEqual([id])
    expect(await listed(await readerOf('type:test'))).toEqual([id])
    const seen = await listed(await readerOf('any'))
    expect(seen).toContain(id)
    expect(seen).toHaveLength(2)
  })

  it('filters, searches and sorts', async () => {
    const { given } = server
    const { id: tenant } = await given.tenant()
    const as = await readerOf(tenant)
    const bank = await given.application(tenant, { name: 'Core banking', priority: 'critical' })
    const old = await given.application(tenant, { name: 'Abacus', is_archived: true })
    expect(await listed(as)).toEqual([old.id, bank.id])
    expect(await listed(as, '&sort=-name')).toEqual([bank.id, old.id])
    expect(await listed(as, '&sort=created_at')).toEqual([bank.id, old.id])
    expect(await listed(as, '&search=BANK')).toEqual([bank.id])
    expect(await listed(as, '&is_archived=false')).toEqual([bank.id])
    expect(await listed(as, '&priority=critical')).toEqual([bank.id])
    expect(await listed(as, `&tenant_id=${tenant}&is_archived=true`)).toEqual([old.id])
    expect(await listed(as, `&tenant_id=${(await given.tenant()).id}`)).toEqual([])
  })
})

describe('The source of an application', () => {
  it('is shown with its query only to who may change it', async () => {
    const { given, call } = server
    const { id: tenant } = await given.tenant()
    const { id } = await given.application(tenant, { import_schedule })
    const readers = {
      [import_schedule.source_url]: await readerOf(tenant, 'applications.write'),
      'https://exports.example.com/accounts.csv?[redacted]': await readerOf(tenant),
    }
    for (const [url, as] of Object.entries(readers)) {
      const one = await call('GET', `/applications/${id}`, { as })
      expect(one.body.import_schedule).toEqual({ cron: '30 2 * * *', source_url: url })
      const { body } = await call('GET', '/applications', { as })
      expect(body.data[0].import_schedule.source_url).toBe(url)
    }
  })
})
