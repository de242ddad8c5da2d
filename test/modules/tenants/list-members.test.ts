import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import {
  fieldsOf,
  idsOfNothing,
  refused,
  systemPrincipal,
  unknownId,
  withoutId,
} from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

/** Someone who reads this tenant and nothing else. */
const readerOf = (tenant_id: string) =>
  server.given.person({
    tenants: [tenant_id],
    grants: [{ permissions: ['tenants.read'], tenant_id }],
  })

/** The members on the first page of a hundred, each with what puts them there. */
async function membersOf(id: string, as: string, query = ''): Promise<Map<string, string[]>> {
  const path = `/tenants/${id}/members?limit=100${query}`
  const { status, body } = await server.call('GET', path, { as })
  expect(status).toBe(200)
  expect(body.total).toBe(body.data.length)
  return new Map(
    body.data.map((one: { id: string; through: string[] }) => [one.id, [...one.through].sort()]),
  )
}

describe('GET /tenants/{id}/members, who is a member', () => {
  it('shows each member with exactly these fields', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const reader = await readerOf(tenant.id)
    const path = `/tenants/${tenant.id}/members?search=${reader.email}`
    const { status, body } = await call('GET', path, { as: reader.as })
    expect(status).toBe(200)
    expect(body).toEqual({
      data: [
        {
          id: reader.id,
          is_service_account: false,
          email: reader.email,
          name: reader.email,
          status: 'active',
          through: [tenant.id],
        },
      ],
      total: 1,
      page: 1,
      limit: 20,
    })
  })

  it.each(['test', 'production'] as const)(
    'holds whoever has a tenant of type %s by name or through a word, and nobody else',
    async (type) => {
      const { given } = server
      const [tenant, other] = [await given.tenant(type), await given.tenant(type)]
      const reader = await readerOf(tenant.id)
      const otherType = type === 'test' ? 'type:production' : 'type:test'
      const byName = await given.person({ tenants: [tenant.id] })
      const byType = await given.person({ tenants: [`type:${type}`] })
      const byAny = await given.person({ tenants: ['any'] })
      const strangers = [
        await given.person({ tenants: [other.id] }),
        await given.person({ tenants: [otherType] }),
        await given.person(),
      ]

      const members = await membersOf(tenant.id, reader.as)

      expect(members.get(byName.id)).toEqual([tenant.id])
      expect(members.get(byType.id)).toEqual([`type:${type}`])
      expect(members.get(byAny.id)).toEqual(['any'])
      for (const { id } of strangers) expect(members.has(id)).toBe(false)
    },
  )

  it('names every entry that puts a member there, and none of other tenants', async () => {
    const { given } = server
    const [tenant, other] = [await given.tenant('test'), await given.tenant('test')]
    const reader = await readerOf(tenant.id)
    const member = await given.person({
      tenants: [tenant.id, other.id, 'any', 'type:test', 'type:production'],
    })
    const members = await membersOf(tenant.id, reader.as)
    expect(members.get(member.id)).toEqual([tenant.id, 'any', 'type:test'].sort())
  })

  it('shows no other tenant of a member even to who may see all of them', async () => {
    const { given } = server
    const [tenant, other] = [await given.tenant('test'), await given.tenant('test')]
    const member = await given.person({ tenants: [tenant.id, other.id, 'type:production'] })
    const admin = await given.admin()
    expect((await membersOf(tenant.id, admin.as)).get(member.id)).toEqual([tenant.id])
  })

  it('takes a grant in the tenant for no membership: the scope is what counts', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const reader = await readerOf(tenant.id)
    const outside = await given.person({
      grants: [{ permissions: ['users.read'], tenant_id: tenant.id }],
    })
    expect((await membersOf(tenant.id, reader.as)).has(outside.id)).toBe(false)
  })

  it('holds invited and deactivated people and service accounts, told apart, and no deleted user', async () => {
    const { given, call, database } = server
    const tenant = await given.tenant()
    const reader = await readerOf(tenant.id)
    const invited = await given.person({ tenants: [tenant.id], status: 'invited' })
    const deactivated = await given.person({ tenants: [tenant.id], status: 'deactivated' })
    const account = await given.person({ tenants: [tenant.id] })
    await database.sql('UPDATE users SET is_service_account = true, email = NULL WHERE id = $1', [
      account.id,
    ])
    const deleted = await given.person({ tenants: [tenant.id], status: 'deactivated' })
    await database.sql('UPDATE users SET deleted_at = now() WHERE id = $1', [deleted.id])

    const path = `/tenants/${tenant.id}/members?limit=100`
    const { body } = await call('GET', path, { as: reader.as })

    const rows = new Map(body.data.map((one: { id: string }) => [one.id, one]))
    expect(rows.get(invited.id)).toMatchObject({ status: 'invited', is_service_account: false })
    expect(rows.get(deactivated.id)).toMatchObject({ status: 'deactivated' })
    expect(rows.get(account.id)).toMatchObject({ is_service_account: true, email: null })
    expect(rows.has(deleted.id)).toBe(false)
  })

  it('does not count the system principal, which reaches everything, among them', async () => {
    const { given } = server
    const tenant = await given.tenant()
    expect((await membersOf(tenant.id, (await given.admin()).as)).has(systemPrincipal)).toBe(false)
  })

  it('gains and loses a member with the entry of the scope', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const [admin, user] = [await given.admin(), await given.person()]
    const isMember = async () => (await membersOf(tenant.id, admin.as)).has(user.id)
    const path = `/users/${user.id}/tenants/${tenant.id}`
    expect(await isMember()).toBe(false)
    await call('PUT', path, { as: admin.as })
    expect(await isMember()).toBe(true)
    await call('DELETE', path, { as: admin.as })
    expect(await isMember()).toBe(false)
  })
})

describe('GET /tenants/{id}/members, search and pages', () => {
  it('finds by part of the name and of the e-mail address, in any case', async () => {
    const { given, database } = server
    const tenant = await given.tenant()
    const reader = await readerOf(tenant.id)
    const ada = await given.person({ tenants: [tenant.id] })
    await database.sql(`UPDATE users SET name = 'Ada Ärmel' WHERE id = $1`, [ada.id])
    const found = async (text: string) => [
      ...(await membersOf(tenant.id, reader.as, `&search=${encodeURIComponent(text)}`)).keys(),
    ]
    expect(await found('aDA äR')).toEqual([ada.id])
    expect(await found(ada.email.toUpperCase())).toEqual([ada.id])
    expect(await found('Lovelace')).toEqual([])
  })

  it('finds nobody who is not a member', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const reader = await readerOf(tenant.id)
    const stranger = await given.person({ tenants: [(await given.tenant()).id] })
    expect(await membersOf(tenant.id, reader.as, `&search=${stranger.email}`)).toEqual(new Map())
  })

  it.each(['%', '_', 'p-%', '\\'])('takes the search text %j literally', async (text) => {
    const tenant = await server.given.tenant()
    const { as } = await readerOf(tenant.id)
    const query = `&search=${encodeURIComponent(text)}`
    expect(await membersOf(tenant.id, as, query)).toEqual(new Map())
  })

  it('pages through all, each member once, by name', async () => {
    const { given, call, database } = server
    const tenant = await given.tenant()
    const people = [await readerOf(tenant.id)]
    for (let at = 0; at < 4; at += 1) people.push(await given.person({ tenants: [tenant.id] }))
    const ids = people.map(({ id }) => id)
    // All of one name, so that only the second key of the order keeps the pages apart.
    await database.sql(`UPDATE users SET name = 'Zoe' WHERE id = ANY($1)`, [ids])
    const seen: string[] = []
    for (const page of [1, 2, 3, 4]) {
      const path = `/tenants/${tenant.id}/members?search=Zoe&limit=2&page=${page}`
      const { body } = await call('GET', path, { as: people[0]?.as })
      expect(body).toMatchObject({ total: 5, page, limit: 2 })
      seen.push(...body.data.map(({ id }: { id: string }) => id))
    }
    expect(seen).toEqual(ids.sort())
  })

  it.each([
    ['page=0', 'page'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['search=', 'search'],
    ['status=active', 'status'],
  ])('refuses ?%s', async (query, field) => {
    const tenant = await server.given.tenant()
    const { as } = await readerOf(tenant.id)
    const path = `/tenants/${tenant.id}/members?${query}`
    const { status, body } = await refused(server, 'GET', path, { as })
    expect([status, fieldsOf(body)]).toEqual([400, [field]])
  })
})

describe('GET /tenants/{id}/members, 401, 403 and 404', () => {
  it('refuses a call without a credential', async () => {
    const { id } = await server.given.tenant()
    expect((await refused(server, 'GET', `/tenants/${id}/members`)).status).toBe(401)
  })

  it('says which part refuses where the caller may know the tenant', async () => {
    const { given, database } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const suspended = await given.tenant('test', 'suspended')
    const owner = await given.person({
      tenants: [a.id, b.id, suspended.id],
      grants: [
        { permissions: ['tenants.read'], tenant_id: a.id },
        { permissions: ['users.read', 'tenants.members'] },
      ],
    })
    const elsewhere = await given.token(owner.id, { tenants: [b.id] })
    const blocked = await given.token(owner.id, { tenants: [a.id] })
    const narrow = await given.token(owner.id, { permissions: ['users.read'], tenants: [a.id] })
    await database.sql(
      `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, '', $3)`,
      [blocked.id, a.id, owner.id],
    )
    const legOf = async (as: string, id: string) => {
      const { status, body } = await refused(server, 'GET', `/tenants/${id}/members`, { as })
      expect(status).toBe(403)
      expect(body.details).toMatchObject({ permission: 'tenants.read', tenant_id: id })
      return body.details.leg
    }
    expect([
      await legOf(owner.as, b.id),
      await legOf(elsewhere.as, a.id),
      await legOf(blocked.as, a.id),
      await legOf(narrow.as, a.id),
      await legOf(owner.as, suspended.id),
    ]).toEqual([
      'owner_permission',
      'token_tenant',
      'tenant_block',
      'token_permission',
      'tenant_status',
    ])
  })

  it('answers 404 alike for whatever the caller may not know of', async () => {
    const { given } = server
    const [own, foreign] = [await given.tenant(), await given.tenant()]
    const { as } = await given.person({
      tenants: [own.id],
      grants: [
        { permissions: ['tenants.read'] },
        { permissions: ['tenants.read'], tenant_id: foreign.id },
      ],
    })
    const unknown = await refused(server, 'GET', `/tenants/${unknownId}/members`, { as })
    for (const id of [foreign.id, 'any', own.slug, ...idsOfNothing]) {
      const { status, body } = await refused(server, 'GET', `/tenants/${id}/members`, { as })
      expect([id, status]).toEqual([id, 404])
      expect(withoutId(body)).toEqual(withoutId(unknown.body))
    }
  })
})
