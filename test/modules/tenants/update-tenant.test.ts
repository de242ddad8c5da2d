import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import {
  fieldsOf,
  idsOfNothing,
  instant,
  refused,
  unknownId,
  withoutId,
} from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

/** Someone who may rename this tenant and nothing else. */
const editorOf = (tenant_id: string) =>
  server.given.person({
    tenants: [tenant_id],
    grants: [{ permissions: ['tenants.update'], tenant_id }],
  })

async function nameOf(id: string): Promise<string | undefined> {
  const sql = 'SELECT name FROM tenants WHERE id = $1'
  const [row] = await server.database.sql<{ name: string }>(sql, [id])
  return row?.name
}

describe('PATCH /tenants/{id}, 200', () => {
  it('renames a tenant and leaves all else as it was', async () => {
    const { given, call } = server
    const tenant = await given.tenant('production')
    const { as } = await editorOf(tenant.id)
    const body = { name: 'Nord & Söhne' }
    const answer = await call('PATCH', `/tenants/${tenant.id}`, { as, body })
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      id: tenant.id,
      slug: tenant.slug,
      name: 'Nord & Söhne',
      type: 'production',
      status: 'active',
      created_at: instant,
    })
    expect(await nameOf(tenant.id)).toBe('Nord & Söhne')
  })

  it('lets a token rename that stores the permission and the tenant', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const owner = await editorOf(tenant.id)
    const stored = { permissions: ['tenants.update'], tenants: [tenant.id] }
    const { as } = await given.token(owner.id, stored)
    const { status } = await call('PATCH', `/tenants/${tenant.id}`, { as, body: { name: 'By CI' } })
    expect([status, await nameOf(tenant.id)]).toEqual([200, 'By CI'])
  })

  it('takes a name that another tenant has: the slug is what is unique', async () => {
    const { given, call } = server
    const [tenant, other] = [await given.tenant(), await given.tenant()]
    const { as } = await editorOf(tenant.id)
    const body = { name: other.slug }
    expect((await call('PATCH', `/tenants/${tenant.id}`, { as, body })).status).toBe(200)
  })

  it('writes nothing and no event for the name that the tenant has', async () => {
    const { given, call, traces } = server
    const tenant = await given.tenant()
    const { as } = await editorOf(tenant.id)
    const before = await traces()
    const body = { name: tenant.slug }
    const answer = await call('PATCH', `/tenants/${tenant.id}`, { as, body })
    expect([answer.status, answer.body.name]).toEqual([200, tenant.slug])
    expect(await traces()).toEqual(before)
  })

  it('leaves a chain of events without a gap when many rename at the same moment', async () => {
    const { given, call, database } = server
    const tenant = await given.tenant()
    const { as } = await editorOf(tenant.id)
    const names = Array.from({ length: 8 }, (_, at) => `Name ${at}`)
    const answers = await Promise.all(
      names.map((name) => call('PATCH', `/tenants/${tenant.id}`, { as, body: { name } })),
    )
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200))
    const events = await database.sql<{ before: { name: string }; after: { name: string } }>(
      'SELECT before, after FROM audit_events WHERE target_id = $1',
      [tenant.id],
    )
    // Each name is taken once and given up once, but the first and the last.
    expect(events.map(({ after }) => after.name).sort()).toEqual(names)
    const last = await nameOf(tenant.id)
    expect(events.map(({ before }) => before.name).sort()).toEqual(
      [tenant.slug, ...names.filter((name) => name !== last)].sort(),
    )
  })
})

describe('PATCH /tenants/{id}, 400', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['nothing', {}, ['name']],
    ['an empty name', { name: '' }, ['name']],
    ['a name of spaces', { name: '  ' }, ['name']],
    ['a name with a space before it', { name: ' Acme' }, ['name']],
    ['a name on two lines', { name: 'Ac\nme' }, ['name']],
    ['a name of 101 characters', { name: 'a'.repeat(101) }, ['name']],
    ['a name with NUL', { name: 'Ac\0me' }, ['name']],
    ['a name with half a surrogate pair', { name: 'Acme \udc00' }, ['name']],
    ['null for a name', { name: null }, ['name']],
    ['a number for a name', { name: 1 }, ['name']],
    ['an object for a name', { name: { not: '' } }, ['name']],
    ['a slug, which stays', { name: 'Acme', slug: 'acme' }, ['slug']],
    ['a type, which stays', { name: 'Acme', type: 'production' }, ['type']],
    ['a status, which has its own operations', { name: 'Acme', status: 'active' }, ['status']],
    ['an id', { name: 'Acme', id: unknownId }, ['id']],
  ])('refuses %s', async (_, body, fields) => {
    const tenant = await server.given.tenant()
    const { as } = await editorOf(tenant.id)
    const answer = await refused(server, 'PATCH', `/tenants/${tenant.id}`, { as, body })
    expect([answer.status, answer.body.error]).toEqual([400, 'validation_error'])
    expect(fieldsOf(answer.body)).toEqual(fields)
    expect(await nameOf(tenant.id)).toBe(tenant.slug)
  })
})

describe('PATCH /tenants/{id}, 401, 403 and 404', () => {
  const body = { name: 'Taken over' }

  it('refuses a call without a credential', async () => {
    const tenant = await server.given.tenant()
    const answer = await refused(server, 'PATCH', `/tenants/${tenant.id}`, { body })
    expect([answer.status, await nameOf(tenant.id)]).toEqual([401, tenant.slug])
  })

  it('says which part refuses where the caller may know the tenant', async () => {
    const { given } = server
    const [tenant, other] = [await given.tenant(), await given.tenant()]
    const suspended = await given.tenant('test', 'suspended')
    const owner = await given.person({
      tenants: [tenant.id, other.id, suspended.id],
      grants: [
        { permissions: ['tenants.update'], tenant_id: tenant.id },
        { permissions: ['tenants.update'], tenant_id: suspended.id },
        { permissions: ['tenants.read', 'tenants.members'] },
      ],
    })
    const elsewhere = await given.token(owner.id, {
      permissions: ['tenants.update'],
      tenants: [other.id],
    })
    const reader = await given.token(owner.id, { tenants: [tenant.id] })
    const legOf = async (as: string, id: string) => {
      const answer = await refused(server, 'PATCH', `/tenants/${id}`, { as, body })
      expect(answer.status).toBe(403)
      expect(answer.body.details).toMatchObject({ permission: 'tenants.update', tenant_id: id })
      return answer.body.details.leg
    }
    expect([
      await legOf(owner.as, other.id),
      await legOf(elsewhere.as, tenant.id),
      await legOf(reader.as, tenant.id),
      await legOf(owner.as, suspended.id),
    ]).toEqual(['owner_permission', 'token_tenant', 'token_permission', 'tenant_status'])
    for (const { id, slug } of [tenant, other, suspended]) expect(await nameOf(id)).toBe(slug)
  })

  it('answers 404 alike for whatever the caller may not know of', async () => {
    const { given } = server
    const [own, foreign] = [await given.tenant(), await given.tenant()]
    const { as } = await given.person({
      tenants: [own.id],
      grants: [
        { permissions: ['tenants.update'] },
        { permissions: ['tenants.update'], tenant_id: foreign.id },
      ],
    })
    const unknown = await refused(server, 'PATCH', `/tenants/${unknownId}`, { as, body })
    for (const id of [foreign.id, 'any', own.slug, ...idsOfNothing]) {
      const answer = await refused(server, 'PATCH', `/tenants/${id}`, { as, body })
      expect([id, answer.status]).toEqual([id, 404])
      expect(withoutId(answer.body)).toEqual(withoutId(unknown.body))
    }
    expect(await nameOf(foreign.id)).toBe(foreign.slug)
  })
})
