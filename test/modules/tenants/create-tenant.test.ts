import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, instant, refused, unknownId, uuid7 } from '../users/expected.ts'

let server: TestServer
let creator: string
beforeAll(async () => {
  server = await startServer()
  const grants = [{ permissions: ['tenants.create'] }]
  creator = (await server.given.person({ grants })).as
})
afterAll(() => server.close())

let serial = 0
const newBody = () => ({ slug: `tenant-${++serial}`, name: 'Acme Insurance', type: 'test' })

describe('POST /tenants, 201', () => {
  it.each(['test', 'production'])('creates an active tenant of type %s', async (type) => {
    const body = { ...newBody(), type }
    const answer = await server.call('POST', '/tenants', { as: creator, body })
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({
      id: uuid7,
      ...body,
      status: 'active',
      created_at: instant,
    })
  })

  it('is reached at once by whoever has a word for it, and by nobody else', async () => {
    const { given, call } = server
    const reads = [{ permissions: ['tenants.read'] }]
    const readers = {
      any: await given.person({ tenants: ['any'], grants: reads }),
      test: await given.person({ tenants: ['type:test'], grants: reads }),
      production: await given.person({ tenants: ['type:production'], grants: reads }),
      none: await given.person({ grants: reads }),
    }
    const { id } = (await call('POST', '/tenants', { as: creator, body: newBody() })).body
    const seen: Record<string, number> = {}
    for (const [who, { as }] of Object.entries(readers)) {
      seen[who] = (await call('GET', `/tenants/${id}`, { as })).status
    }
    expect(seen).toEqual({ any: 200, test: 200, production: 404, none: 404 })
    expect((await call('GET', `/tenants/${id}`, { as: creator })).status).toBe(404)
  })

  it('lets a token create that stores the permission, and needs no tenant for it', async () => {
    const { given, call } = server
    const { as } = await given.token((await given.admin()).id, { permissions: ['tenants.create'] })
    expect((await call('POST', '/tenants', { as, body: newBody() })).status).toBe(201)
  })

  it.each(['a', '0', 'a1', '1a', 'a-b', 'a-1-b', 'a'.repeat(63), `${'a-'.repeat(31)}b`])(
    'accepts the slug %s',
    async (slug) => {
      const body = { ...newBody(), slug }
      const answer = await server.call('POST', '/tenants', { as: creator, body })
      expect([answer.status, answer.body.slug]).toEqual([201, slug])
    },
  )
})

describe('POST /tenants, 400', () => {
  const slugs: [string, unknown][] = [
    ['empty', ''],
    ['in upper case', 'Acme'],
    ['that begins with a hyphen', '-acme'],
    ['that ends with a hyphen', 'acme-'],
    ['with two hyphens in a row', 'ac--me'],
    ['with an underscore', 'ac_me'],
    ['with a dot', 'ac.me'],
    ['with a space', 'ac me'],
    ['with a line break after it', 'acme\n'],
    ['with a letter beyond ASCII', 'acmé'],
    ['of 64 characters', 'a'.repeat(64)],
    ['of 10,000 characters', `${'a-'.repeat(5000)}!`],
    ['with NUL', 'ac\0me'],
    ['left out', undefined],
    ['null', null],
    ['a number', 1],
    ['an object', { not: '' }],
  ]
  const names: [string, unknown][] = [
    ['empty', ''],
    ['of spaces', '  '],
    ['with a space before it', ' Acme'],
    ['on two lines', 'Ac\nme'],
    ['of 101 characters', 'a'.repeat(101)],
    ['with NUL', 'Ac\0me'],
    ['with half a surrogate pair', 'Acme \udc00'],
    ['left out', undefined],
    ['an object', { not: '' }],
  ]
  const types: [string, unknown][] = [
    ['of another word', 'staging'],
    ['in upper case', 'TEST'],
    ['left out', undefined],
    ['null', null],
    ['an object', { not: '' }],
  ]
  const refusedFor = async (change: Record<string, unknown>, field: string) => {
    const body = { ...newBody(), ...change }
    const answer = await refused(server, 'POST', '/tenants', { as: creator, body })
    expect([answer.status, answer.body.error]).toEqual([400, 'validation_error'])
    expect(fieldsOf(answer.body)).toEqual([field])
  }

  it.each(slugs)('refuses a slug %s', (_, slug) => refusedFor({ slug }, 'slug'))
  it.each(names)('refuses a name %s', (_, name) => refusedFor({ name }, 'name'))
  it.each(types)('refuses a type %s', (_, type) => refusedFor({ type }, 'type'))
  it.each(['id', 'status', 'created_at', 'owner_id'])('refuses the unknown field %s', (field) =>
    refusedFor({ [field]: unknownId }, field),
  )

  it('names every field that is at fault', async () => {
    const body = { slug: '', name: '', type: '', more: 1 }
    const answer = await refused(server, 'POST', '/tenants', { as: creator, body })
    expect(fieldsOf(answer.body).sort()).toEqual(['more', 'name', 'slug', 'type'])
  })
})

describe('POST /tenants, 401, 403 and 409', () => {
  it('refuses a call without a credential', async () => {
    expect((await refused(server, 'POST', '/tenants', { body: newBody() })).status).toBe(401)
  })

  it('gives nothing for a platform permission that is granted in a tenant', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await given.person({
      tenants: ['any'],
      grants: [
        { permissions: ['tenants.create'], tenant_id: tenant.id },
        { role: 'admin', tenant_id: tenant.id },
        { role: 'tenant-admin' },
      ],
    })
    const { status, body } = await refused(server, 'POST', '/tenants', { as, body: newBody() })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'tenants.create',
      tenant_id: null,
      leg: 'owner_permission',
    })
  })

  it('says when it is the token that does not store the permission', async () => {
    const { given } = server
    const { as } = await given.token((await given.admin()).id, { tenants: ['any'] })
    const { status, body } = await refused(server, 'POST', '/tenants', { as, body: newBody() })
    expect(status).toBe(403)
    expect(body.details).toMatchObject({ permission: 'tenants.create', leg: 'token_permission' })
  })

  it('refuses a slug that a tenant has, even a retired one', async () => {
    const { given } = server
    for (const status of ['active', 'retired']) {
      const { slug } = await given.tenant('test', status)
      const body = { ...newBody(), slug }
      const answer = await refused(server, 'POST', '/tenants', { as: creator, body })
      expect([answer.status, answer.body.error]).toEqual([409, 'conflict'])
      expect(fieldsOf(answer.body)).toEqual(['slug'])
    }
  })

  it('creates one tenant when many calls bring one slug at the same moment', async () => {
    const body = newBody()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => server.call('POST', '/tenants', { as: creator, body })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
  })
})
