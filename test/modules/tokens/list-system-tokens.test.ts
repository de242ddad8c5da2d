import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { refused } from '../users/expected.ts'

let server: TestServer
let administrator: { id: string; as: string }
beforeAll(async () => {
  server = await startServer()
  administrator = await server.given.admin()
  const past = { created_at: new Date(Date.now() - 9000), expires_at: new Date(Date.now() - 8000) }
  const of = (age: number) => ({ created_at: new Date(Date.now() - age) })
  await server.given.systemToken({ name: 'first', ...of(5000) })
  await server.given.systemToken({ name: 'second', ...of(4000) })
  await server.given.systemToken({ name: 'expired', ...past })
  await server.given.systemToken({ name: 'revoked', revoked: true })
  await server.given.token(administrator.id, { name: 'of a person', tenants: ['any'] })
})
afterAll(() => server.close())

const list = async (query = '', as = administrator.as) =>
  (await server.call('GET', `/system/tokens${query}`, { as })).body
const namesOf = (body: { data: { name: string }[] }) => body.data.map(({ name }) => name)

describe('GET /system/tokens', () => {
  it('lists the live tokens of the system, newest first, and nobody else’s', async () => {
    const body = await list()

    expect(namesOf(body)).toEqual(['second', 'first'])
    expect(body).toMatchObject({ total: 2, page: 1, limit: 20 })
    expect(body.data[0]).toMatchObject({ expires_at: null, last_used_at: null, status: 'active' })
    expect(Object.keys(body.data[0])).not.toContain('token_hash')
  })

  it('shows those that ended when asked to', async () => {
    expect(namesOf(await list('?include=ended')).sort()).toEqual([
      'expired',
      'first',
      'revoked',
      'second',
    ])
  })

  it('goes page by page', async () => {
    expect(namesOf(await list('?limit=1&page=2'))).toEqual(['first'])
  })

  it('is shown to a token that stores the permission, and to a system token', async () => {
    const permissions = ['system_tokens.manage']
    const pat = await server.given.token(administrator.id, { permissions })
    expect(namesOf(await list('', pat.as))).toEqual(['second', 'first'])

    const system = await server.given.systemToken({ name: 'third' })
    expect(namesOf(await list('', system.as))).toContain('third')
  })

  it('is refused to a holder of every tenant permission, who sees them by tenant', async () => {
    const grants = [{ role: 'tenant-admin' }]
    const { as } = await server.given.person({ tenants: ['any'], grants })

    const { status, body } = await refused(server, 'GET', '/system/tokens', { as })

    expect(status).toBe(403)
    expect(body.details).toMatchObject({ permission: 'system_tokens.manage', tenant_id: null })
  })

  it('appears nowhere among users and service accounts', async () => {
    for (const path of ['/users?limit=100', '/service-accounts?limit=100']) {
      const { status, text } = await server.call('GET', path, administrator)
      expect(status).toBe(200)
      expect(text).not.toContain('00000000-0000-7000-8000-000000000000')
    }
  })
})
