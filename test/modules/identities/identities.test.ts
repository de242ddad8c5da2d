import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { instant, unknownId } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const reads = (tenant_id: string | null = null) => ({ permissions: ['identities.read'], tenant_id })

async function readerOf(...tenants: string[]): Promise<string> {
  return (await server.given.person({ tenants, grants: [reads()] })).as
}

async function listed(as: string, query = ''): Promise<string[]> {
  const { status, body } = await server.call('GET', `/identities?limit=100${query}`, { as })
  expect(status).toBe(200)
  expect(body.total).toBe(body.data.length)
  return body.data.map(({ id }: { id: string }) => id)
}

describe('GET /identities', () => {
  it('shows the people on the books of the tenants where the caller holds the permission', async () => {
    const { given, call } = server
    const [held, scopeOnly, foreign] = [
      await given.tenant(),
      await given.tenant(),
      await given.tenant(),
    ]
    const boss = await given.identity(held.id, { first_name: 'Grace', last_name: 'Hopper' })
    const id = await given.identity(held.id, { email: 'ada@example.com', supervisor_id: boss })
    for (const elsewhere of [scopeOnly, foreign]) await given.identity(elsewhere.id)
    const grants = [reads(held.id), reads(foreign.id)]
    const { as } = await given.person({ tenants: [held.id, scopeOnly.id], grants })

    const { status, body } = await call('GET', '/identities?sort=-last_name', { as })

    expect(status).toBe(200)
    expect(body).toEqual({
      data: [
        {
          id,
          kind: 'Identity',
          tenant_id: held.id,
          user_id: null,
          first_name: 'Ada',
          last_name: 'Lovelace',
          email: 'ada@example.com',
          title: null,
          company: null,
          division: null,
          department: null,
          office: null,
          supervisor_id: boss,
          identity_type: 'employee',
          status: 'active',
          created_at: instant,
          inactivated_at: null,
        },
        expect.objectContaining({ id: boss, first_name: 'Grace', email: null }),
      ],
      total: 2,
      page: 1,
      limit: 20,
    })
  })

  it('leaves out tenants that are asleep, and those that have blocked the token', async () => {
    const { given, database } = server
    const [awake, suspended, blocking] = [
      await given.tenant('production'),
      await given.tenant('production', 'suspended'),
      await given.tenant('production'),
    ]
    const id = await given.identity(awake.id)
    for (const { id: tenant } of [suspended, blocking]) await given.identity(tenant)
    const tenants = [awake.id, suspended.id, blocking.id]
    for (const scope of [tenants, ['type:production']]) {
      const owner = await given.person({ tenants: scope, grants: [reads()] })
      const token = await given.token(owner.id, {
        permissions: ['identities.read'],
        tenants: scope,
      })
      await database.sql(
        `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, 'lost', $3)`,
        [token.id, blocking.id, owner.id],
      )
      expect(await listed(token.as)).toEqual([id])
      expect((await server.call('GET', `/identities/${id}`, { as: token.as })).status).toBe(200)
    }
  })

  it('finds by words of the name and by the address, as they stand', async () => {
    const { given } = server
    const { id: tenant } = await given.tenant()
    const as = await readerOf(tenant)
    const ada = await given.identity(tenant, { email: 'ada_l@example.com' })
    const odd = await given.identity(tenant, { first_name: '100%', last_name: 'O’Brien' })
    for (const search of ['ada', 'LOVELACE', 'lace%20ada', 'ada%20love', 'ada_l@']) {
      expect([search, await listed(as, `&search=${search}`)]).toEqual([search, [ada]])
    }
    expect(await listed(as, '&search=%25')).toEqual([odd])
    expect(await listed(as, '&search=ada%20brien')).toEqual([])
    expect(await listed(as, '&search=_')).toEqual([ada])
  })

  it('filters by status and tenant, and names no tenant beyond reach', async () => {
    const { given } = server
    const [a, b, foreign] = [await given.tenant(), await given.tenant(), await given.tenant()]
    const as = await readerOf(a.id, b.id)
    const gone = await given.identity(a.id, { status: 'removed' })
    const here = await given.identity(b.id)
    await given.identity(foreign.id)
    expect(await listed(as, '&status=removed')).toEqual([gone])
    expect(await listed(as, `&tenant_id=${b.id}`)).toEqual([here])
    expect(await listed(as, `&tenant_id=${b.id}&status=disabled`)).toEqual([])
    expect(await listed(as, `&tenant_id=${foreign.id}`)).toEqual([])
    expect((await server.call('GET', '/identities?status=gone', { as })).status).toBe(400)
  })

  it('orders by family name and then the first, or by age, page by page', async () => {
    const { given, call } = server
    const { id: tenant } = await given.tenant()
    const as = await readerOf(tenant)
    const made: [string, string][] = [
      ['Zoe', 'Adams'],
      ['Ben', 'Young'],
      ['Ada', 'Young'],
    ]
    const ids: string[] = []
    for (const [first_name, last_name] of made) {
      ids.push(await given.identity(tenant, { first_name, last_name }))
    }
    const [zoe, ben, ada] = ids
    expect(await listed(as)).toEqual([zoe, ada, ben])
    expect(await listed(as, '&sort=-last_name')).toEqual([ben, ada, zoe])
    expect(await listed(as, '&sort=created_at')).toEqual(ids)
    const paged: string[] = []
    for (const page of [1, 2, 3]) {
      const { body } = await call('GET', `/identities?limit=1&page=${page}`, { as })
      paged.push(...body.data.map(({ id }: { id: string }) => id))
    }
    expect(paged).toEqual([zoe, ada, ben])
  })
})

describe('The user of an identity', () => {
  const userOf = async (as: string, id: string) => {
    const { body } = await server.call('GET', `/identities/${id}`, { as })
    return body.user_id
  }

  it.each(['the tenant itself', 'any', 'type:test'])(
    'is the person with the e-mail address whose tenant scope reaches the tenant by %s',
    async (entry) => {
      const { given } = server
      const { id: tenant } = await given.tenant('test')
      const user = await given.person({ tenants: [entry === 'the tenant itself' ? tenant : entry] })
      const identity = await given.identity(tenant, { email: user.email })
      const as = await readerOf(tenant)
      expect(await userOf(as, identity)).toBe(user.id)
      expect((await server.call('GET', '/identities', { as })).body.data[0].user_id).toBe(user.id)
    },
  )

  it('is nobody of another tenant, of another type, deleted, without an address, or no person', async () => {
    const { given, database } = server
    const [{ id: tenant }, other] = [await given.tenant('test'), await given.tenant('test')]
    const as = await readerOf(tenant)
    const elsewhere = await given.person({ tenants: [other.id] })
    const ofAnotherType = await given.person({ tenants: ['type:production'] })
    const deleted = await given.person({ tenants: [tenant] })
    await database.sql('UPDATE users SET deleted_at = now() WHERE id = $1', [deleted.id])
    for (const { email } of [elsewhere, ofAnotherType, deleted]) {
      expect(await userOf(as, await given.identity(tenant, { email }))).toBeNull()
    }
    await given.serviceAccount([tenant])
    expect(await userOf(as, await given.identity(tenant))).toBeNull()
  })

  it('comes and goes with their tenant scope', async () => {
    const { given, database } = server
    const { id: tenant } = await given.tenant()
    const user = await given.person()
    const identity = await given.identity(tenant, { email: user.email })
    const as = await readerOf(tenant)
    expect(await userOf(as, identity)).toBeNull()
    await given.scope(user.id, tenant)
    expect(await userOf(as, identity)).toBe(user.id)
    await database.sql('DELETE FROM tenant_scopes WHERE user_id = $1', [user.id])
    expect(await userOf(as, identity)).toBeNull()
  })

  it('is each one’s own, on a page of many', async () => {
    const { given, call } = server
    const { id: tenant } = await given.tenant()
    const users = new Map<string, string>()
    for (let n = 0; n < 12; n += 1) {
      const user = await given.person({ tenants: [tenant] })
      users.set(await given.identity(tenant, { email: user.email }), user.id)
    }
    const as = await readerOf(tenant)
    const { body } = (await call('GET', '/identities?limit=12', { as })) as {
      body: { data: { id: string; user_id: string }[] }
    }
    expect(new Map(body.data.map(({ id, user_id }) => [id, user_id]))).toEqual(users)
  })
})

describe('GET /identities/:id', () => {
  it('answers 404 for one of another tenant as for one that is unknown', async () => {
    const { given, call } = server
    const [own, foreign] = [await given.tenant(), await given.tenant()]
    const as = await readerOf(own.id)
    const hidden = await given.identity(foreign.id)
    const answers: string[] = []
    for (const id of [hidden, unknownId]) {
      const { status, text, body } = await call('GET', `/identities/${id}`, { as })
      expect(status).toBe(404)
      answers.push(text.replace(body.correlationId, ''))
    }
    expect(answers[0]).toBe(answers[1])
  })
})
