import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, instant, refused, systemPrincipal } from './expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

type Listed = { id: string; tenants: string[] }

async function listed(as: string, query = ''): Promise<Map<string, string[]>> {
  const { status, body } = await server.call('GET', `/users?limit=100${query}`, { as })
  expect(status).toBe(200)
  expect(body.total).toBe(body.data.length)
  return new Map((body.data as Listed[]).map(({ id, tenants }) => [id, tenants]))
}

const readerIn = (tenant_id: string) =>
  server.given.person({
    tenants: [tenant_id],
    grants: [{ permissions: ['users.read'], tenant_id }],
  })

describe('GET /users', () => {
  it('shows each user with exactly these fields', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const reader = await readerIn(tenant.id)
    const { body } = await call('GET', `/users?search=${reader.email}`, { as: reader.as })
    expect(body).toEqual({
      data: [
        {
          id: reader.id,
          is_service_account: false,
          email: reader.email,
          name: reader.email,
          status: 'active',
          token_limit: 3,
          tenants: [tenant.id],
          created_at: instant,
          last_sign_in_at: null,
        },
      ],
      total: 1,
      page: 1,
      limit: 20,
    })
  })

  it('holds the users of the tenants where the caller may see them, and nobody else', async () => {
    const { given } = server
    const [a, b] = [await given.tenant('test'), await given.tenant('test')]
    const reader = await readerIn(a.id)
    const inA = await given.person({ tenants: [a.id] })
    const inB = await given.person({ tenants: [b.id] })
    const inNone = await given.person()

    const users = await listed(reader.as)

    expect([...users.keys()]).toEqual(expect.arrayContaining([reader.id, inA.id]))
    expect(users.has(inB.id)).toBe(false)
    expect(users.has(inNone.id)).toBe(false)
  })

  it('leaves out of a user’s tenants those that are none of the caller’s business', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const reader = await readerIn(a.id)
    const both = await given.person({ tenants: [a.id, b.id, 'type:production'] })
    expect((await listed(reader.as)).get(both.id)).toEqual([a.id])
  })

  it('counts a word of a user’s scope as a place in each tenant that it stands for', async () => {
    const { given } = server
    const test = await given.tenant('test')
    const reader = await readerIn(test.id)
    const everywhere = await given.person({ tenants: ['any'] })
    const inTests = await given.person({ tenants: ['type:test'] })
    const inProductions = await given.person({ tenants: ['type:production'] })

    const users = await listed(reader.as)

    expect(users.get(everywhere.id)).toEqual(['any'])
    expect(users.get(inTests.id)).toEqual(['type:test'])
    expect(users.has(inProductions.id)).toBe(false)
  })

  it('reaches with a word of the caller’s scope the tenants of that type only', async () => {
    const { given } = server
    const [test, production] = [await given.tenant('test'), await given.tenant('production')]
    const reader = await given.person({
      tenants: ['type:test'],
      grants: [{ permissions: ['users.read'] }],
    })
    const inTest = await given.person({ tenants: [test.id] })
    const inProduction = await given.person({ tenants: [production.id] })

    const users = await listed(reader.as)

    expect(users.has(inTest.id)).toBe(true)
    expect(users.has(inProduction.id)).toBe(false)
  })

  it('shows a user in no tenant to who reaches all', async () => {
    const { given } = server
    const inNone = await given.person()
    expect(
      (await listed((await given.admin()).as, `&search=${inNone.email}`)).get(inNone.id),
    ).toEqual([])
  })

  it('shows through a token no more than the token’s tenants', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const owner = await given.admin()
    const inA = await given.person({ tenants: [a.id] })
    const inB = await given.person({ tenants: [b.id] })
    const token = await given.token(owner.id, { permissions: ['users.read'], tenants: [a.id] })

    const users = await listed(token.as)

    expect(users.has(inA.id)).toBe(true)
    expect(users.has(inB.id)).toBe(false)
  })

  it.each([['any'], ['type:test']])(
    'hides the users of a tenant that has blocked a token which stores %s',
    async (word) => {
      const { given, database } = server
      const [open, blocking] = [await given.tenant('test'), await given.tenant('test')]
      const owner = await given.admin()
      const token = await given.token(owner.id, { permissions: ['users.read'], tenants: [word] })
      await database.sql(
        `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, '', $3)`,
        [token.id, blocking.id, owner.id],
      )
      const hidden = await given.person({ tenants: [blocking.id] })
      const shown = await given.person({ tenants: [open.id, blocking.id] })

      const users = await listed(token.as)

      expect(users.get(shown.id)).toEqual([open.id])
      expect(users.has(hidden.id)).toBe(false)
    },
  )

  it('hides the users of a suspended tenant from who reaches only that', async () => {
    const { given, call, database } = server
    const tenant = await given.tenant()
    const reader = await readerIn(tenant.id)
    await database.sql(`UPDATE tenants SET status = 'suspended' WHERE id = $1`, [tenant.id])
    expect((await call('GET', '/users', { as: reader.as })).status).toBe(403)
  })

  it('never shows the system principal or a deleted user, not even to an administrator', async () => {
    const { given, database } = server
    const tenant = await given.tenant()
    const deleted = await given.person({ tenants: [tenant.id] })
    await database.sql('UPDATE users SET deleted_at = now() WHERE id = $1', [deleted.id])
    for (const { as } of [await given.admin(), await readerIn(tenant.id)]) {
      for (const filter of ['&search=System', '&is_service_account=true']) {
        expect((await listed(as, filter)).has(systemPrincipal)).toBe(false)
      }
      expect((await listed(as, `&search=${deleted.email}`)).size).toBe(0)
    }
  })

  it('finds by part of name and e-mail in any case, and by status and kind', async () => {
    const { given, database } = server
    const tenant = await given.tenant()
    const { as, id: readerId } = await readerIn(tenant.id)
    const gone = await given.person({ tenants: [tenant.id], status: 'deactivated' })
    const invited = await given.person({ tenants: [tenant.id], status: 'invited' })
    await database.sql(`UPDATE users SET name = 'Zoë 100%_Smith' WHERE id = $1`, [gone.id])
    const account = uuidv7()
    await database.sql(
      `INSERT INTO users (id, is_service_account, name, status) VALUES ($1, true, 'Robot', 'active')`,
      [account],
    )
    await given.scope(account, tenant.id)

    const ids = async (query: string) => [...(await listed(as, query)).keys()]
    expect(await ids(`&search=${encodeURIComponent('zOË 100%_s')}`)).toEqual([gone.id])
    expect(await ids(`&search=${invited.email.slice(2, 30).toUpperCase()}`)).toEqual([invited.id])
    expect(await ids('&status=deactivated')).toEqual([gone.id])
    expect(await ids('&status=invited')).toEqual([invited.id])
    expect(await ids('&is_service_account=true')).toEqual([account])
    expect(await ids('&is_service_account=false')).toContain(readerId)
    expect(await ids('&is_service_account=false')).not.toContain(account)
  })

  it.each(['a%b', '_', '%'])('takes the search text %j literally', async (text) => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await readerIn(tenant.id)
    expect((await listed(as, `&search=${encodeURIComponent(text)}`)).size).toBe(0)
  })

  it('pages through all, each user once, by name', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const { as } = await readerIn(tenant.id)
    for (let count = 0; count < 4; count++) await given.person({ tenants: [tenant.id] })
    const seen: string[] = []
    const { total } = (await call('GET', '/users', { as })).body
    for (let page = 1; page <= Math.ceil(total / 2); page++) {
      const { body } = await call('GET', `/users?page=${page}&limit=2`, { as })
      expect(body).toMatchObject({ total, page, limit: 2 })
      seen.push(...body.data.map(({ name }: { name: string }) => name))
    }
    expect(new Set(seen).size).toBe(total)
    const people = seen.filter((name) => name.startsWith('p-'))
    expect(people).toEqual([...people].sort())
    const beyond = await call('GET', '/users?page=1000', { as })
    expect(beyond.body).toMatchObject({ data: [], total, page: 1000 })
  })

  it.each([
    ['page=0', 'page'],
    ['page=x', 'page'],
    ['page=1.5', 'page'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['search=', 'search'],
    ['search=%00', 'search'],
    ['status=deleted', 'status'],
    ['is_service_account=maybe', 'is_service_account'],
    ['sort=token_limit', 'sort'],
    ['sort=name&sort=email', 'sort'],
    ['sort=--name', 'sort'],
    ['tenant_id=any', 'tenant_id'],
    ['role_id=admin', 'role_id'],
  ])('refuses ?%s', async (query, field) => {
    const { as } = await server.given.admin()
    const { status, body } = await refused(server, 'GET', `/users?${query}`, { as })
    expect(status).toBe(400)
    expect(fieldsOf(body)).toEqual([field])
  })

  it('names the permission that is held nowhere', async () => {
    const { as } = await server.given.person({ tenants: ['any'] })
    const { status, body } = await refused(server, 'GET', '/users', { as })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'users.read',
      tenant_id: null,
      leg: 'owner_permission',
    })
  })

  it('refuses a call without a credential', async () => {
    expect((await refused(server, 'GET', '/users')).status).toBe(401)
  })
})
