import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const ids = (body: { data: { id: string }[] }) => body.data.map(({ id }) => id)

describe('GET /application-imports', () => {
  it('lists the imports of tenants where the caller may read them, the newest first', async () => {
    const { given, call } = server
    const [here, there] = [await given.tenant(), await given.tenant()]
    const [one, other] = [await given.application(here.id), await given.application(here.id)]
    const foreign = await given.application(there.id)
    const first = await given.applicationImport(one.id, 'finished')
    const second = await given.applicationImport(other.id, 'failed')
    const third = await given.applicationImport(one.id)
    const unseen = await given.applicationImport(foreign.id)
    const { as } = await given.person({
      tenants: [here.id, there.id],
      grants: [{ permissions: ['imports.read'], tenant_id: here.id }],
    })
    const list = async (query = '') =>
      (await call('GET', `/application-imports${query}`, { as })).body

    expect(await list()).toMatchObject({ total: 3, page: 1, limit: 20 })
    expect(ids(await list())).toEqual([third, second, first])
    expect(ids(await list('?sort=created_at&limit=2'))).toEqual([first, second])
    expect(ids(await list(`?application_id=${one.id}`))).toEqual([third, first])
    expect(ids(await list(`?status=failed`))).toEqual([second])
    expect(ids(await list(`?application_id=${foreign.id}`))).toEqual([])
    expect((await call('GET', `/application-imports/${unseen}`, { as })).status).toBe(404)
    expect((await call('GET', `/application-imports/${first}`, { as })).body.id).toBe(first)
    expect((await call('GET', '/application-imports?status=over', { as })).body.errors).toEqual([
      { field: 'status', message: expect.stringContaining('pending') },
    ])
  })
})
