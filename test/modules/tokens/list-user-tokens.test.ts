import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { patient } from '../../support/client.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { idsOfNothing, systemPrincipal, withoutId } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const list = (as: string, id: string, query = '') =>
  server.call('GET', `/users/${id}/tokens${query}`, { as })

const namesOf = (body: { data: { name: string }[] }) => body.data.map(({ name }) => name).sort()

const reader = (tenants: string[], permissions = ['tokens.read']) =>
  server.given.person({ tenants, grants: [{ permissions }] })

/** A test tenant A and a production tenant B, and someone with a token for each way to reach them. */
async function world() {
  const { given } = server
  const [a, b] = [(await given.tenant('test')).id, (await given.tenant('production')).id]
  const owner = await given.person({ tenants: [a, b], token_limit: 10 })
  const stored = {
    'a only': [a],
    'a and b': [a, b],
    'b only': [b],
    any: ['any'],
    test: ['type:test'],
    production: ['type:production'],
    platform: [],
  }
  for (const [name, tenants] of Object.entries(stored)) {
    await given.token(owner.id, { name, tenants })
  }
  return { a, b, owner }
}

describe('GET /users/{id}/tokens 200', () => {
  it('shows a holder of tokens.read in one tenant the tokens that reach it, by its id or by a word', async () => {
    const { a, owner } = await world()

    const { status, body } = await list((await reader([a])).as, owner.id)

    expect(status).toBe(200)
    expect(namesOf(body)).toEqual(['a and b', 'a only', 'any', 'test'])
    expect(body).toMatchObject({ total: 4, page: 1, limit: 20 })
  })

  it('names no tenant of a token but those within the caller’s reach', async () => {
    const { a, b, owner } = await world()

    const { text, body } = await list((await reader([a])).as, owner.id)

    const both = body.data.find(({ name }: { name: string }) => name === 'a and b')
    expect(both.tenants).toEqual([a])
    expect(text).not.toContain(b)
    expect(text).not.toContain('token_hash')
  })

  it('counts only tenants where the permission is held, not all that the caller is in', async () => {
    const { a, b, owner } = await world()
    const caller = await server.given.person({
      tenants: [a, b],
      grants: [
        { permissions: ['tokens.read'], tenant_id: b },
        { permissions: ['users.read'], tenant_id: a },
      ],
    })

    const { body, text } = await list(caller.as, owner.id)

    expect(namesOf(body)).toEqual(['a and b', 'any', 'b only', 'production'])
    expect(text).not.toContain(a)
  })

  it.each([
    ['type:test', ['a and b', 'a only', 'any', 'test']],
    ['any', ['a and b', 'a only', 'any', 'b only', 'platform', 'production', 'test']],
  ])(
    'shows a holder at the word %s all tokens that reach a tenant behind it',
    async (word, names) => {
      const { owner } = await world()

      expect(namesOf((await list((await reader([word])).as, owner.id)).body)).toEqual(names)
    },
  )

  it('leaves out a tenant that has blocked the calling token', async () => {
    const { given, database } = server
    const { a, b, owner } = await world()
    const admin = await given.admin()
    const calling = await given.token(admin.id, { permissions: ['tokens.read'], tenants: ['any'] })
    await database.sql(
      "INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, 'test', $3)",
      [calling.id, b, admin.id],
    )

    const { body, text } = await list(calling.as, owner.id)

    expect(namesOf(body)).not.toContain('b only')
    expect(namesOf(body)).toContain('a and b')
    expect(text).toContain(a)
    expect(text).not.toContain(b)
  })

  it('shows ended tokens only when asked to', async () => {
    const { given } = server
    const tenants = [(await given.tenant()).id]
    const owner = await given.person({ tenants })
    const [created_at, expires_at] = [new Date(Date.now() - 2000), new Date(Date.now() - 1000)]
    await given.token(owner.id, { name: 'live', tenants })
    await given.token(owner.id, { name: 'expired', tenants, created_at, expires_at })
    await given.token(owner.id, { name: 'revoked', tenants, revoked: true })
    const { as } = await reader(tenants)

    expect(namesOf((await list(as, owner.id)).body)).toEqual(['live'])
    const { body } = await list(as, owner.id, '?include=ended')
    expect(
      Object.fromEntries(
        body.data.map(({ name, status }: Record<string, string>) => [name, status]),
      ),
    ).toEqual({ live: 'active', expired: 'expired', revoked: 'revoked' })
  })

  it('shows the tokens of a suspended tenant to whoever reaches every tenant, and to nobody else', async () => {
    const { given } = server
    const [awake, asleep] = [await given.tenant(), await given.tenant('test', 'suspended')]
    const owner = await given.person({ tenants: [awake.id, asleep.id] })
    await given.token(owner.id, { name: 'asleep', tenants: [asleep.id] })

    const every = await list((await reader(['any'])).as, owner.id)
    expect(every.body.data).toMatchObject([{ name: 'asleep', tenants: [asleep.id] }])
    for (const tenants of [[awake.id, asleep.id], ['type:test']]) {
      expect((await list((await reader(tenants)).as, owner.id)).body.data).toEqual([])
    }
  })

  it('lists someone who stored more tenants than a statement takes parameters', async () => {
    const { given, database } = server
    const owner = await given.person({ tenants: ['any'] })
    await database.sql(
      `INSERT INTO tenants (id, slug, name, type)
       SELECT gen_random_uuid(), 'many-' || n, 'Many', 'test' FROM generate_series(1, 70000) n`,
    )
    await database.sql(
      `INSERT INTO tokens (id, owner_id, created_by, name, token_hash, hint, permissions, tenants)
       SELECT gen_random_uuid(), $1::uuid, $1::uuid, 'many', sha256('many'), 'many', '{users.read}',
         array_agg(id::text) FROM tenants WHERE name = 'Many'`,
      [owner.id],
    )
    const [{ id }] = (await database.sql("SELECT id FROM tenants WHERE slug = 'many-7'")) as [
      { id: string },
    ]

    const { as } = await reader([id])
    const { status, body } = await patient(server.call)('GET', `/users/${owner.id}/tokens`, { as })

    expect(status).toBe(200)
    expect(body.data).toMatchObject([{ name: 'many', tenants: [id] }])
  })
})

describe('GET /users/{id}/tokens of a service account', () => {
  it('shows holders of service_accounts.tokens where it is the same as tokens.read does', async () => {
    const { given } = server
    const [a, b] = [(await given.tenant()).id, (await given.tenant()).id]
    const account = await given.serviceAccount([a, b])
    await given.token(account, { name: 'a only', tenants: [a] })
    await given.token(account, { name: 'b only', tenants: [b] })
    await given.token(account, { name: 'platform', tenants: [] })

    const operator = await reader([a], ['service_accounts.tokens'])
    expect(namesOf((await list(operator.as, account)).body)).toEqual(['a only', 'platform'])
    expect(namesOf((await list((await reader([b])).as, account)).body)).toEqual(['b only'])
  })

  it('shows an operator of other accounts no more than a reader', async () => {
    const { given } = server
    const [a, elsewhere] = [(await given.tenant()).id, (await given.tenant()).id]
    const account = await given.serviceAccount([a])
    await given.token(account, { name: 'a only', tenants: [a] })
    await given.token(account, { name: 'elsewhere', tenants: [elsewhere] })
    await given.token(account, { name: 'platform', tenants: [] })
    const caller = await given.person({
      tenants: [a, elsewhere],
      grants: [
        { permissions: ['tokens.read'], tenant_id: a },
        { permissions: ['service_accounts.tokens'], tenant_id: elsewhere },
      ],
    })

    expect(namesOf((await list(caller.as, account)).body)).toEqual(['a only'])
  })

  it('gives an operator nothing over people', async () => {
    const { a, owner } = await world()
    const operator = await reader([a], ['service_accounts.tokens'])

    expect((await list(operator.as, owner.id)).status).toBe(404)
  })
})

describe('GET /users/{id}/tokens 404', () => {
  it('gives one answer for a person elsewhere, a deleted one, the system principal and ids of nothing', async () => {
    const { given, database } = server
    const [a, b] = [(await given.tenant()).id, (await given.tenant()).id]
    const [outside, deleted] = [
      await given.person({ tenants: [b] }),
      await given.person({ tenants: [a] }),
    ]
    await given.token(outside.id, { tenants: [a] })
    await given.systemToken()
    await database.sql('UPDATE users SET deleted_at = now() WHERE id = $1', [deleted.id])
    const bodies = []
    for (const id of [outside.id, deleted.id, systemPrincipal, ...idsOfNothing]) {
      const { status, body } = await list((await reader([a])).as, id)
      expect({ id, status }).toEqual({ id, status: 404 })
      bodies.push(JSON.stringify(withoutId(body)))
    }
    expect(new Set(bodies).size).toBe(1)
    expect((await list((await given.admin()).as, systemPrincipal)).status).toBe(404)
  })
})
