import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
it('approve without body', async () => {
  const { given, call } = server
  const admin = await given.admin()
  const p = await given.person()
  const r = await call('POST', '/me/token-limit-requests', {
    as: p.as,
    body: { requested_limit: 4, reason: 'x' },
  })
  console.log(r.status, r.text)
  const a = await call('POST', `/token-limit-requests/${r.body.id}/approve`, { as: admin.as })
  console.log(a.status, a.text)
  const again = await call('POST', '/me/token-limit-requests', {
    as: p.as,
    body: { requested_limit: 4, reason: 'x' },
  })
  console.log(again.status, again.text)
})
it('many', async () => {
  const { given, call, database } = server
  const a = await given.tenant()
  await database.sql(
    `INSERT INTO tenants (id, slug, name, type, status) SELECT gen_random_uuid(), 'm-' || i, 'm', 'test', 'active' FROM generate_series(1, 40000) i`,
  )
  const admin = await given.admin()
  const p = await given.person({ tenants: ['any'] })
  const clerk = await given.person({ tenants: [a.id], grants: [{ permissions: ['tokens.read'] }] })
  const typed = await given.person({
    tenants: ['type:test'],
    grants: [{ permissions: ['tokens.read'] }],
  })
  const ids = (await database.sql<{ id: string }>('SELECT id FROM tenants')).map(({ id }) => id)
  for (let i = 0; i < 40; i++)
    await given.token(p.id, {
      tenants: [...ids.slice(i * 1000, i * 1000 + 999), a.id],
      revoked: true,
    })
  for (const as of [admin.as, clerk.as, typed.as]) {
    for (const path of [
      `/users/${p.id}/tokens?include=ended&limit=100`,
      `/tenants/${a.id}/tokens?include=ended&limit=100`,
    ]) {
      const t = Date.now()
      const x = await call('GET', path, { as })
      console.log(path, x.status, x.text.length, Date.now() - t, x.text.slice(0, 200))
    }
  }
  console.log(
    server.logs
      .filter((l) => /"level":50/.test(l))
      .map((l) => l.slice(0, 1500))
      .join('\n'),
  )
}, 60000)
