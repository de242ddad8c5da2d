import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { age } from '../second-factors/enrolled.ts'
import { fieldsOf, instant, refused, unknownId, uuid7, withoutId } from './expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const password = 'a long enough password'
let serial = 0
const newEmail = () => `new-${++serial}@example.com`

describe('POST /users, 201', () => {
  it('creates an active person who can sign in', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const caller = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['users.create'], tenant_id: tenant.id }],
    })
    const email = newEmail()

    const { status, body, headers } = await call('POST', '/users', {
      as: caller.as,
      body: { email: email.toUpperCase(), name: 'Ada Lovelace', password, tenants: [tenant.id] },
    })

    expect(status).toBe(201)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toEqual({
      id: uuid7,
      is_service_account: false,
      email,
      name: 'Ada Lovelace',
      status: 'active',
      token_limit: 3,
      tenants: [tenant.id],
      created_at: instant,
      last_sign_in_at: null,
      invitation_url: null,
    })
    expect((await call('POST', '/auth/login', { body: { email, password } })).status).toBe(200)
  })

  it('invites a person without a password, whose link sets one, once', async () => {
    const { given, call } = server
    const email = newEmail()
    const { status, body } = await call('POST', '/users', {
      as: (await given.admin()).as,
      body: { email, name: 'Grace', tenants: [] },
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({ status: 'invited', tenants: [] })

    const token = /\/accept-invitation#token=([\w-]{43})$/.exec(body.invitation_url)?.[1]
    const accept = () => call('POST', '/auth/accept-invitation', { body: { token, password } })
    expect((await accept()).status).toBe(204)
    expect((await call('POST', '/auth/login', { body: { email, password } })).status).toBe(200)
    expect((await accept()).status).toBe(400)
  })

  it('accepts a word for many tenants from who holds the permission in all of them', async () => {
    const { given, call } = server
    const tenants = ['type:test', 'type:production', 'any']
    const body = { email: newEmail(), name: 'Grace', tenants }
    const answer = await call('POST', '/users', { as: (await given.admin()).as, body })
    expect(answer.status).toBe(201)
    expect([...answer.body.tenants].sort()).toEqual([...tenants].sort())
  })

  it('gives the new user nothing but a place in the tenants', async () => {
    const { given, call, database } = server
    const body = { email: newEmail(), name: 'Grace', password, tenants: ['any'] }
    const created = await call('POST', '/users', { as: (await given.admin()).as, body })
    const { as } = await given.session(created.body.id)
    expect((await call('GET', '/me', { as })).body.authority).toEqual([])
    expect(
      await database.sql('SELECT 1 FROM grants WHERE user_id = $1', [created.body.id]),
    ).toEqual([])
  })

  it('lets a token create users in its own tenants', async () => {
    const { given, call } = server
    const tenant = await given.tenant()
    const owner = await given.admin()
    const { as } = await given.token(owner.id, {
      permissions: ['users.create'],
      tenants: [tenant.id],
    })
    const body = { email: newEmail(), name: 'Grace', tenants: [tenant.id] }
    expect((await call('POST', '/users', { as, body })).status).toBe(201)
  })

  it('frees the e-mail address of a deleted user', async () => {
    const { given, call, database } = server
    const gone = await given.person()
    await database.sql('UPDATE users SET deleted_at = now() WHERE id = $1', [gone.id])
    const body = { email: gone.email, name: 'Grace', tenants: [] }
    expect((await call('POST', '/users', { as: (await given.admin()).as, body })).status).toBe(201)
  })
})

const emails: [string, unknown][] = [
  ['empty', ''],
  ['without @', 'ada'],
  ['without a local part', '@example.com'],
  ['without a domain', 'ada@'],
  ['with two @', 'ada@b@example.com'],
  ['with a one-label domain', 'ada@localhost'],
  ['with two dots in a row', 'ada@example..com'],
  ['with a space before it', ' ada@example.com'],
  ['with a line break after it', 'ada@example.com\n'],
  ['with a display name', 'Ada <ada@example.com>'],
  ['with a letter beyond ASCII', 'ada@exämple.com'],
  ['of 255 characters', `${'a'.repeat(243)}@example.com`],
  ['with NUL', 'ada\0@example.com'],
  ['null', null],
  ['a number', 1],
  ['a list', ['ada@example.com']],
  ['an object', { not: '' }],
]
const names: [string, unknown][] = [
  ['empty', ''],
  ['of spaces', '   '],
  ['with a space at its end', 'Ada '],
  ['on two lines', 'Ada\nLovelace'],
  ['of invisible characters', '\u200b\u200b'],
  ['of 101 characters', 'a'.repeat(101)],
  ['with NUL', 'A\0da'],
  ['with half a surrogate pair', 'Ada \ud800'],
  ['null', null],
  ['an object', { not: '' }],
]
const passwords: [string, unknown][] = [
  ['empty', ''],
  ['of 11 characters', 'elevenchars'],
  ['of 11 characters that take 22 units', '😀🐎🔋📎🌊🎻🥐🪁🧭🏺🦉'],
  ['that everybody tries first', 'qwerty123456'],
  ['of 1025 characters', 'a'.repeat(1025)],
  ['with NUL', `${password}\0`],
  ['null', null],
  ['an object', { not: '' }],
]
const tenantLists: [string, unknown][] = [
  ['left out', undefined],
  ['null', null],
  ['a string', 'any'],
  ['with a word twice', ['any', 'any']],
  ['with an id twice', [unknownId, unknownId]],
  ['with an id in upper case', [unknownId.toUpperCase()]],
  ['with an unknown word', ['all']],
  ['with a wildcard', ['*']],
  ['with an object', [{ not: '' }]],
  [
    'of 1001 entries',
    Array.from({ length: 1001 }, (_, at) => unknownId.slice(0, -4) + (1000 + at)),
  ],
]

describe('POST /users, 400', () => {
  const refusedFor = async (change: Record<string, unknown>, field: string) => {
    const body = { email: newEmail(), name: 'Ada', tenants: [], ...change }
    const answer = await refused(server, 'POST', '/users', {
      as: (await server.given.admin()).as,
      body,
    })
    expect(answer.status).toBe(400)
    expect(answer.body.error).toBe('validation_error')
    expect(fieldsOf(answer.body)).toEqual([field])
  }

  it.each(emails)('refuses an e-mail address %s', (_, email) => refusedFor({ email }, 'email'))
  it.each(names)('refuses a name %s', (_, name) => refusedFor({ name }, 'name'))
  it.each(passwords)('refuses a password %s', (_, value) =>
    refusedFor({ password: value }, 'password'),
  )
  it.each(tenantLists)('refuses tenants %s', (_, tenants) => refusedFor({ tenants }, 'tenants'))

  it.each([
    ['status', 'active'],
    ['password_hash', 'x'],
    ['is_service_account', true],
    ['id', unknownId],
    ['token_limit', 10],
    ['last_sign_in_at', null],
    ['deleted_at', null],
    ['grants', []],
  ])('refuses the unknown field %s', (field, value) => refusedFor({ [field]: value }, field))

  it.each(['null', '[]', '"text"', '1', '{"email":', ''])('refuses the body %j', async (body) => {
    const { as } = await server.given.admin()
    expect((await refused(server, 'POST', '/users', { as, body })).status).toBe(400)
  })
})

describe('POST /users, 401 and 403', () => {
  it('refuses a call without a credential before it looks at the body', async () => {
    const { status } = await refused(server, 'POST', '/users', { body: { nonsense: true } })
    expect(status).toBe(401)
  })

  it('names the permission that is held nowhere', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['users.read'], tenant_id: tenant.id }],
    })
    const { status, body, headers } = await refused(server, 'POST', '/users', { as, body: {} })
    expect(status).toBe(403)
    expect(body.details).toEqual({
      permission: 'users.create',
      tenant_id: null,
      leg: 'owner_permission',
    })
    expect(headers.get('www-authenticate')).toContain('scope="users.create"')
  })

  it('says when it is the token that does not store the permission', async () => {
    const { given } = server
    const { as } = await given.token((await given.admin()).id, { tenants: ['any'] })
    const { status, body } = await refused(server, 'POST', '/users', { as, body: {} })
    expect(status).toBe(403)
    expect(body.details).toMatchObject({ permission: 'users.create', leg: 'token_permission' })
  })

  it.each<[string, () => Promise<{ as: string }>]>([
    [
      'a token',
      async () => {
        const permissions = ['users.create']
        return server.given.token((await server.given.admin()).id, {
          permissions,
          tenants: ['any'],
        })
      },
    ],
    ['a system token', () => server.given.systemToken()],
  ])('lets %s set no password, and invite all the same', async (_, make) => {
    const { as } = await make()
    const email = newEmail()
    const body = { email, name: 'Ada', tenants: ['any'] }

    const answer = await refused(server, 'POST', '/users', { as, body: { ...body, password } })

    expect(answer.status).toBe(403)
    expect(answer.body).toMatchObject({
      error: 'forbidden',
      message: 'Only an interactive session may do this, not a token',
    })
    const invited = await server.call('POST', '/users', { as, body })
    expect(invited).toMatchObject({ status: 201, body: { status: 'invited' } })
    expect((await server.call('POST', '/auth/login', { body: { email, password } })).status).toBe(
      401,
    )
  })

  it('asks for a fresh sign-in from who sets a password, and not from who invites', async () => {
    const { as, session_id } = await server.given.admin()
    await age(server, session_id, 16)
    const body = { email: newEmail(), name: 'Ada', tenants: [] }

    const answer = await refused(server, 'POST', '/users', { as, body: { ...body, password } })

    expect([answer.status, answer.body.error]).toEqual([403, 'reauthentication_required'])
    expect((await server.call('POST', '/users', { as, body })).status).toBe(201)
  })

  it('asks nobody for a fresh sign-in for what they may not do', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const grants = [{ permissions: ['users.create'] }]
    const { as, session_id } = await given.person({ tenants: [tenant.id], grants })
    await age(server, session_id, 16)
    const body = { email: newEmail(), name: 'Ada', password, tenants: ['any'] }
    const answer = await refused(server, 'POST', '/users', { as, body })
    expect([answer.status, answer.body.error]).toEqual([403, 'forbidden'])
  })

  it('refuses a tenant of the caller’s where the permission is not held', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const { as } = await given.person({
      tenants: [a.id, b.id],
      grants: [{ permissions: ['users.create'], tenant_id: a.id }],
    })
    const body = { email: newEmail(), name: 'Ada', tenants: [a.id, b.id] }
    const answer = await refused(server, 'POST', '/users', { as, body })
    expect(answer.status).toBe(403)
    expect(answer.body.details).toEqual({
      permission: 'users.create',
      tenant_id: b.id,
      leg: 'owner_permission',
    })
    expect(fieldsOf(answer.body)).toEqual(['tenants'])
  })

  it.each(['session', 'token'])(
    'refuses to a %s another’s tenant like one that does not exist',
    async (kind) => {
      const { given } = server
      const [own, foreign] = [await given.tenant(), await given.tenant()]
      const person = await given.person({
        tenants: [own.id],
        grants: [{ permissions: ['users.create'] }],
      })
      const token = await given.token(person.id, {
        permissions: ['users.create'],
        tenants: [own.id],
      })
      const { as } = kind === 'session' ? person : token
      const refusalOf = async (id: string) => {
        const body = { email: newEmail(), name: 'Ada', tenants: [id] }
        const answer = await refused(server, 'POST', '/users', { as, body })
        expect(answer.status).toBe(403)
        return JSON.stringify(withoutId(answer.body)).replaceAll(id, 'ID')
      }
      expect(await refusalOf(foreign.id)).toBe(await refusalOf(unknownId))
    },
  )

  it.each([['any'], ['type:test'], ['type:production']])(
    'refuses the word %s to who holds the permission in one tenant',
    async (word) => {
      const { given } = server
      const tenant = await given.tenant()
      const { as } = await given.person({
        tenants: [tenant.id],
        grants: [{ role: 'tenant-admin', tenant_id: tenant.id }],
      })
      const body = { email: newEmail(), name: 'Ada', tenants: [word] }
      const answer = await refused(server, 'POST', '/users', { as, body })
      expect(answer.status).toBe(403)
      expect(answer.body.details).toMatchObject({ tenant_id: word, leg: 'owner_tenant' })
    },
  )

  it('refuses both types together as a way to all tenants', async () => {
    const { given } = server
    const { as } = await given.person({
      tenants: ['type:test', 'type:production'],
      grants: [{ permissions: ['users.create'] }],
    })
    const body = { email: newEmail(), name: 'Ada', tenants: ['any'] }
    expect((await refused(server, 'POST', '/users', { as, body })).status).toBe(403)
  })

  it('refuses a user in no tenant to who does not reach all', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['users.create'] }],
    })
    const body = { email: newEmail(), name: 'Ada', tenants: [] }
    expect((await refused(server, 'POST', '/users', { as, body })).status).toBe(403)
  })

  it('refuses a suspended tenant', async () => {
    const { given } = server
    const [own, suspended] = [await given.tenant(), await given.tenant('test', 'suspended')]
    const { as } = await given.person({
      tenants: [own.id, suspended.id],
      grants: [{ permissions: ['users.create'] }],
    })
    const body = { email: newEmail(), name: 'Ada', tenants: [suspended.id] }
    const answer = await refused(server, 'POST', '/users', { as, body })
    expect(answer.status).toBe(403)
    expect(answer.body.details).toMatchObject({ tenant_id: suspended.id, leg: 'tenant_status' })
  })
})

describe('POST /users, 409', () => {
  it.each(['active', 'invited', 'deactivated'])(
    'refuses the e-mail address of a user who is %s, in whatever case',
    async (status) => {
      const { given } = server
      const { email } = await given.person({ status })
      const body = { email: email.toUpperCase(), name: 'Ada', tenants: [] }
      const { as } = await given.admin()
      const answer = await refused(server, 'POST', '/users', { as, body })
      expect(answer.status).toBe(409)
      expect(answer.body.error).toBe('conflict')
      expect(fieldsOf(answer.body)).toEqual(['email'])
    },
  )

  it('creates one user when many calls bring one address at the same moment', async () => {
    const { given, call } = server
    const { as } = await given.admin()
    const body = { email: newEmail(), name: 'Ada', tenants: [] }
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => call('POST', '/users', { as, body })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
  })
})
