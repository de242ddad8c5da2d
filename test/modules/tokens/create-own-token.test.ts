import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../support/given.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const day = 86_400_000

const create = (as: string, body: unknown) =>
  server.call('POST', '/me/tokens', { as, body: body as object })

/** Holds `users.read` and `users.update` in one tenant. */
async function someone(): Promise<Person & { tenant: string }> {
  const tenant = await server.given.tenant()
  const grants = [{ permissions: ['users.read', 'users.update'], tenant_id: tenant.id }]
  const person = await server.given.person({ tenants: [tenant.id], grants })
  return { ...person, tenant: tenant.id }
}

/** Calls as `as`, expects this refusal naming this field, and that nothing was written. */
async function expectRefusal(
  as: string,
  body: unknown,
  { status, field }: { status: number; field?: string },
) {
  const before = await server.traces()
  const answer = await create(as, body)
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status })
  if (field !== undefined) {
    const named = answer.body.errors?.map((error: { field: string }) => error.field)
    expect(named).toEqual([field])
  }
  expect(answer.body.token).toBeUndefined()
  expect(await server.traces()).toEqual(before)
  return answer
}

describe('POST /me/tokens 201', () => {
  it('answers with the token, its stored and its effective sets, and its secret', async () => {
    const owner = await someone()

    const { status, body, headers } = await create(owner.as, {
      name: 'CI pipeline',
      description: 'Runs the nightly import',
      permissions: ['users.read'],
      tenants: [owner.tenant],
      expires_in_days: 90,
    })

    expect(status).toBe(201)
    expect(headers.get('cache-control')).toBe('no-store')
    const { token, id, created_at, expires_at, ...rest } = body
    expect(token).toMatch(/^postern_pat_[0-9A-Za-z]{49}$/)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
    expect(created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(Math.abs(Date.parse(expires_at) - Date.parse(created_at) - 90 * day)).toBeLessThan(5000)
    expect(rest).toEqual({
      name: 'CI pipeline',
      description: 'Runs the nightly import',
      hint: token.slice(-4),
      status: 'active',
      created_by: owner.id,
      last_used_at: null,
      last_used_ip: null,
      permissions: ['users.read'],
      tenants: [owner.tenant],
      revoked_at: null,
      revoked_by: null,
      revoked_reason: null,
      authority: [{ tenant_id: owner.tenant, permissions: ['users.read'] }],
      dormant: [],
    })
  })

  it('gives a token that works at once', async () => {
    const owner = await someone()
    const { body } = await create(owner.as, { name: 'a' })

    const me = await server.call('GET', '/me', { as: body.token })

    expect(me.status).toBe(200)
    expect(me.body).toMatchObject({ id: owner.id, credential: { id: body.id, name: 'a' } })
    expect(me.body.authority).toEqual(body.authority)
  })

  it('stores of the secret its SHA-256 and last four characters only', async () => {
    const owner = await someone()
    const { body } = await create(owner.as, { name: 'a' })

    const [row] = await server.database.sql('SELECT * FROM tokens WHERE id = $1', [body.id])

    expect(row?.['token_hash']).toEqual(createHash('sha256').update(body.token).digest())
    expect(JSON.stringify(row)).not.toContain(body.token.slice(0, -4))
  })

  it('writes one event that says who, which and what, without the secret', async () => {
    const owner = await someone()
    const { body, headers } = await create(owner.as, { name: 'a', permissions: ['users.read'] })

    const events = await server.database.sql(
      'SELECT *, host(ip) AS host FROM audit_events WHERE target_id = $1',
      [body.id],
    )

    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({
      action: 'token.created',
      actor_id: owner.id,
      credential_kind: 'session',
      credential_id: owner.session_id,
      target_type: 'token',
      tenant_ids: [owner.tenant],
      correlation_id: headers.get('x-correlation-id'),
      host: '127.0.0.1',
      after: { name: 'a', permissions: ['users.read'], tenants: [owner.tenant] },
    })
    expect(JSON.stringify(events)).not.toContain(body.token)
  })
})

describe('POST /me/tokens permissions and tenants', () => {
  it('stores, where both are left out, all that the owner holds, by name and as scope entries', async () => {
    const { given } = server
    const tenant = await given.tenant('production')
    const owner = await given.person({
      tenants: ['type:test', tenant.id],
      grants: [{ permissions: ['users.*'] }, { permissions: ['audit.read', 'roles.read'] }],
    })

    const { body } = await create(owner.as, { name: 'a' })

    expect(body.permissions).toEqual([
      'audit.read',
      'roles.read',
      'users.create',
      'users.deactivate',
      'users.grants',
      'users.read',
      'users.update',
    ])
    expect(body.tenants).toEqual([tenant.id, 'type:test'].sort())
  })

  it('stores every permission of the catalogue by name for an administrator, no wildcard', async () => {
    const admin = await server.given.admin()

    const { body } = await create(admin.as, { name: 'a' })

    const rows = await server.database.sql<{ name: string }>('SELECT name FROM permissions')
    expect(body.permissions).toEqual(rows.map(({ name }) => name).sort())
    expect(body.tenants).toEqual(['any'])
  })

  it('stores exactly the subset that is asked for, whichever it is', async () => {
    const { given } = server
    const held = ['users.read', 'users.update', 'audit.read', 'tokens.read']
    const tenants = [
      (await given.tenant()).id,
      (await given.tenant()).id,
      (await given.tenant()).id,
    ]
    const choice = fc.record({
      permissions: fc.shuffledSubarray(held, { minLength: 1 }),
      tenants: fc.shuffledSubarray(tenants),
    })
    await fc.assert(
      fc.asyncProperty(choice, async (asked) => {
        const owner = await given.person({ tenants, grants: [{ permissions: held }] })
        const { status, body } = await create(owner.as, { name: 'a', ...asked })
        expect(status).toBe(201)
        expect(body.permissions).toEqual([...asked.permissions].sort())
        expect(body.tenants).toEqual([...asked.tenants].sort())
      }),
      { numRuns: 15 },
    )
  })

  it('refuses every set that goes beyond what the owner holds, naming permissions', async () => {
    const { given } = server
    const held = ['users.read', 'audit.read']
    const notHeld = ['users.create', 'roles.write', 'tokens.revoke', 'settings.read']
    const owner = await given.person({ tenants: ['any'], grants: [{ permissions: held }] })
    const beyond = fc.oneof(
      fc
        .tuple(fc.subarray(held), fc.subarray(notHeld, { minLength: 1 }))
        .map((parts) => parts.flat()),
      fc.constantFrom(...notHeld).map((name) => [name, ...held]),
    )
    await fc.assert(
      fc.asyncProperty(beyond, async (permissions) => {
        const { body } = await expectRefusal(
          owner.as,
          { name: 'a', permissions },
          { status: 403, field: 'permissions' },
        )
        expect(body.error).toBe('forbidden')
        expect(body.details.leg).toBe('owner_permission')
        expect(notHeld).toContain(body.details.permission)
      }),
      { numRuns: 15 },
    )
  })

  it('refuses a permission that a grant gives in a tenant outside the owner’s scope', async () => {
    const { given } = server
    const [inside, outside] = [await given.tenant(), await given.tenant()]
    const owner = await given.person({
      tenants: [inside.id],
      grants: [{ permissions: ['users.read'], tenant_id: outside.id }],
    })

    const { body } = await expectRefusal(
      owner.as,
      { name: 'a', permissions: ['users.read'] },
      { status: 403, field: 'permissions' },
    )

    expect(body.details.leg).toBe('owner_permission')
  })

  it('refuses a platform permission that the owner was granted in a tenant only', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const owner = await given.person({
      tenants: [tenant.id],
      grants: [{ role: 'admin', tenant_id: tenant.id }],
    })

    await expectRefusal(
      owner.as,
      { name: 'a', permissions: ['tenants.create'] },
      { status: 403, field: 'permissions' },
    )
  })

  it('names the missing permission in the challenge', async () => {
    const owner = await someone()
    const body = { name: 'a', permissions: ['users.create'] }

    const { headers } = await expectRefusal(owner.as, body, { status: 403 })

    expect(headers.get('www-authenticate')).toBe(
      'Bearer realm="postern", error="insufficient_scope", scope="users.create"',
    )
  })

  it('gives one answer for a tenant that is not held and one that does not exist', async () => {
    const owner = await someone()
    const foreign = (await server.given.tenant()).id
    const answers = []
    for (const tenant of [foreign, uuidv7()]) {
      const { text, body, headers } = await expectRefusal(
        owner.as,
        { name: 'a', tenants: [owner.tenant, tenant] },
        { status: 403, field: 'tenants' },
      )
      expect(body.details).toMatchObject({ leg: 'owner_tenant' })
      const blank = text.replaceAll(tenant, 'T').replaceAll(body.correlationId, 'C')
      answers.push([blank, headers.get('www-authenticate')])
    }
    expect(answers[0]).toEqual(answers[1])
  })

  it.each([
    ['any', ['any'], ['any', 'type:test', 'type:production']],
    ['type:test', ['type:test'], ['type:test']],
    ['both types', ['type:test', 'type:production'], ['type:test', 'type:production']],
    ['a tenant', [], []],
  ])('takes, of the words, those within a scope of %s', async (_, words, taken) => {
    const { given } = server
    const tenant = await given.tenant('test')
    for (const word of ['any', 'type:test', 'type:production']) {
      const owner = await given.person({
        tenants: [...words, tenant.id],
        grants: [{ permissions: ['users.read'] }],
      })
      const body = { name: 'a', tenants: [word] }
      if (taken.includes(word)) {
        expect((await create(owner.as, body)).body.tenants).toEqual([word])
      } else {
        const { body: refusal } = await expectRefusal(owner.as, body, {
          status: 403,
          field: 'tenants',
        })
        expect(refusal.details.leg).toBe('owner_tenant')
      }
    }
  })

  it('takes a tenant that a word of the owner’s scope stands for', async () => {
    const tenant = await server.given.tenant('production')
    const owner = await server.given.person({
      tenants: ['type:production'],
      grants: [{ permissions: ['users.read'] }],
    })

    const { status, body } = await create(owner.as, { name: 'a', tenants: [tenant.id] })

    expect(status).toBe(201)
    expect(body.authority).toEqual([{ tenant_id: tenant.id, permissions: ['users.read'] }])
  })

  it('takes no tenants at all: permissions of the platform need none', async () => {
    const owner = await server.given.person({ grants: [{ permissions: ['roles.read'] }] })

    const { status, body } = await create(owner.as, { name: 'a', tenants: [] })

    expect(status).toBe(201)
    expect(body).toMatchObject({ tenants: [], permissions: ['roles.read'], dormant: [] })
    expect(body.authority).toEqual([{ tenant_id: null, permissions: ['roles.read'] }])
  })

  it('refuses to leave permissions out to someone who holds none', async () => {
    const owner = await server.given.person()

    await expectRefusal(owner.as, { name: 'a' }, { status: 422, field: 'permissions' })
  })

  const many = (item: (at: number) => string) => Array.from({ length: 1001 }, (_, at) => item(at))
  it.each<[string, string, unknown]>([
    ['an unknown permission', 'permissions', ['nothing.here']],
    ['a permission in other case', 'permissions', ['Users.read']],
    ['*.*', 'permissions', ['*.*']],
    ['users.*', 'permissions', ['users.*']],
    ['*.read', 'permissions', ['*.read']],
    ['*', 'permissions', ['*']],
    ['an empty list', 'permissions', []],
    ['null', 'permissions', null],
    ['a text', 'permissions', 'users.read'],
    ['a number', 'permissions', [1]],
    ['an object', 'permissions', { 0: 'users.read' }],
    ['a nested list', 'permissions', [['users.read']]],
    ['a duplicate', 'permissions', ['users.read', 'users.read']],
    ['1001 items', 'permissions', many((at) => `users.a${at}`)],
    ['an empty name', 'permissions', ['']],
    ['a NUL', 'permissions', ['users.read\0']],
    ['null', 'tenants', null],
    ['a text', 'tenants', 'any'],
    ['a number', 'tenants', [1]],
    ['null in a list', 'tenants', [null]],
    ['an object', 'tenants', [{ not: '' }]],
    ['an unknown word', 'tenants', ['type:staging']],
    ['a wildcard', 'tenants', ['*']],
    ['a malformed id', 'tenants', ['00000000']],
    ['a duplicate', 'tenants', ['any', 'any']],
    ['1001 items', 'tenants', many(() => uuidv7())],
  ])('refuses %s as %s', async (_, field, value) => {
    const owner = await server.given.admin()

    await expectRefusal(owner.as, { name: 'a', [field]: value }, { status: 400, field })
  })
})

describe('POST /me/tokens expiry', () => {
  const lifetime = ({ created_at, expires_at }: { created_at: string; expires_at: string }) =>
    Date.parse(expires_at) - Date.parse(created_at)

  it('is in 30 days where nothing is said', async () => {
    const { body } = await create((await someone()).as, { name: 'a' })

    expect(Math.abs(lifetime(body) - 30 * day)).toBeLessThan(5000)
  })

  it.each([1, 365])('is in %d days where that is asked for', async (days) => {
    const { body } = await create((await someone()).as, { name: 'a', expires_in_days: days })

    expect(Math.abs(lifetime(body) - days * day)).toBeLessThan(5000)
  })

  it('is the instant that is asked for, in UTC', async () => {
    const body = { name: 'a', expires_at: '2999-12-31T23:30:00+01:30' }

    const answer = await create((await someone()).as, body)

    expect(answer.body.expires_at).toBe('2999-12-31T22:00:00.000Z')
  })

  it('is never where null is asked for', async () => {
    const { status, body } = await create((await someone()).as, { name: 'a', expires_at: null })

    expect(status).toBe(201)
    expect(body.expires_at).toBeNull()
  })

  it.each([[0], [-1], [366], [1.5], ['30'], [''], [null], [true], [[30]], [{ days: 30 }], [1e21]])(
    'refuses expires_in_days of %j',
    async (expires_in_days) => {
      const body = { name: 'a', expires_in_days }

      await expectRefusal((await someone()).as, body, { status: 400, field: 'expires_in_days' })
    },
  )

  it.each([
    [''],
    ['2020-01-01T00:00:00Z'],
    ['0000-01-01T00:00:00Z'],
    ['2027-02-29T00:00:00Z'],
    ['2027-01-01T24:00:00Z'],
    ['2027-01-01T00:00:00'],
    ['2027-01-01'],
    ['2027-06-30T23:59:60Z'],
    ['+275760-09-13T00:00:00.001Z'],
    ['-000001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59-23:59'],
    ['tomorrow'],
    ['null'],
    [0],
    [4_102_444_800_000],
    [false],
    [['2999-01-01T00:00:00Z']],
    [{ not: '' }],
  ])('refuses expires_at of %j', async (expires_at) => {
    const body = { name: 'a', expires_at }

    await expectRefusal((await someone()).as, body, { status: 400, field: 'expires_at' })
  })

  it('refuses the present', async () => {
    const body = { name: 'a', expires_at: new Date().toISOString() }

    await expectRefusal((await someone()).as, body, { status: 400, field: 'expires_at' })
  })

  // The instant passes somewhere between the look at it and the write.
  it('answers 201 or 400 for an instant that is about to pass', async () => {
    const { given } = server
    const grants = [{ permissions: ['roles.read'] }]
    for (let ahead = 0; ahead < 40; ahead += 1) {
      const owner = await given.person({ grants })
      const expires_at = new Date(Date.now() + ahead).toISOString()
      const { status } = await create(owner.as, { name: 'a', expires_at })
      expect([201, 400]).toContain(status)
    }
  })

  it.each([['2999-01-01T00:00:00Z'], [null]])(
    'refuses expires_at of %j beside expires_in_days',
    async (expires_at) => {
      const body = { name: 'a', expires_at, expires_in_days: 30 }

      await expectRefusal((await someone()).as, body, { status: 400, field: 'expires_at' })
    },
  )
})

describe('POST /me/tokens name and description', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['a blank', ' '],
    ['an invisible character', '\u200b'],
    ['a leading space', ' a'],
    ['a trailing space', 'a '],
    ['101 characters', 'a'.repeat(101)],
    ['a line feed', 'a\nb'],
    ['a tab', 'a\tb'],
    ['an escape', 'a\u001b[31m'],
    ['a C1 control character', 'a\u0085b'],
    ['a NUL', 'a\0b'],
    ['half of a surrogate pair', 'a\ud800b'],
    ['an object', { not: '' }],
    ['a list', ['a']],
    ['a number', 7],
  ])('refuses %s as a name', async (_, name) => {
    await expectRefusal((await someone()).as, { name }, { status: 400, field: 'name' })
  })

  it.each([['a'.repeat(100)], ['日本語 🚀'], ['🚀'.repeat(100)]])(
    'takes the name %s',
    async (name) => {
      const { status, body } = await create((await someone()).as, { name })

      expect(status).toBe(201)
      expect(body.name).toBe(name)
    },
  )

  it('refuses the name of a live token of the same owner', async () => {
    const owner = await someone()
    await create(owner.as, { name: 'CI' })

    const { body } = await expectRefusal(owner.as, { name: 'CI' }, { status: 409, field: 'name' })

    expect(body.error).toBe('conflict')
  })

  it('takes the name of another person’s token', async () => {
    await create((await someone()).as, { name: 'CI' })

    expect((await create((await someone()).as, { name: 'CI' })).status).toBe(201)
  })

  it('takes the name of a deleted token', async () => {
    const owner = await someone()
    const { body } = await create(owner.as, { name: 'CI' })
    await server.call('DELETE', `/me/tokens/${body.id}`, { as: owner.as })

    expect((await create(owner.as, { name: 'CI' })).status).toBe(201)
  })

  it('takes the name of an expired token', async () => {
    const owner = await someone()
    const expires_at = new Date(Date.now() - 1000)
    const created_at = new Date(Date.now() - day)
    await server.given.token(owner.id, { name: 'CI', created_at, expires_at })

    expect((await create(owner.as, { name: 'CI' })).status).toBe(201)
  })

  it.each([['a'.repeat(500)], [''], [null]])('takes the description %j', async (description) => {
    const { status, body } = await create((await someone()).as, { name: 'a', description })

    expect(status).toBe(201)
    expect(body.description).toBe(description)
  })

  it.each<[string, unknown]>([
    ['501 characters', 'a'.repeat(501)],
    ['a NUL', 'a\0'],
    ['half of a surrogate pair', '\udc00'],
    ['an object', { not: '' }],
    ['a number', 1],
  ])('refuses %s as a description', async (_, description) => {
    const body = { name: 'a', description }

    await expectRefusal((await someone()).as, body, { status: 400, field: 'description' })
  })
})

describe('POST /me/tokens with fields that it does not take', () => {
  it.each<[unknown]>([[['admin']], [[]], [null], ['admin']])(
    'refuses roles of %j and says that a token takes none',
    async (roles) => {
      const { body } = await expectRefusal(
        (await someone()).as,
        { name: 'a', roles },
        { status: 400, field: 'roles' },
      )

      expect(body.errors[0].message).toMatch(/permissions and tenants, never roles/)
    },
  )

  it.each([
    'owner_id',
    'user_id',
    'created_by',
    'token_hash',
    'token',
    'hint',
    'id',
    'created_at',
    'revoked_at',
    'expiresAt',
    'constructor',
  ])('refuses %s', async (field) => {
    const value = uuidv7()

    await expectRefusal((await someone()).as, { name: 'a', [field]: value }, { status: 400, field })
  })

  // JSON.parse makes an own property of it, which a literal would not.
  it('refuses __proto__', async () => {
    const body = '{"name":"a","__proto__":{"expires_at":null}}'

    await expectRefusal((await someone()).as, body, { status: 400 })
  })

  it.each(['[]', '"a"', 'null', '7', '{"name":', ''])('refuses the body %s', async (body) => {
    await expectRefusal((await someone()).as, body, { status: 400 })
  })
})

describe('POST /me/tokens over the cap', () => {
  it('refuses the fourth live token and says how to ask for more', async () => {
    const owner = await someone()
    for (const name of ['a', 'b', 'c']) await create(owner.as, { name })

    const { body } = await expectRefusal(owner.as, { name: 'd' }, { status: 409 })

    expect(body.error).toBe('token_limit_reached')
    expect(body.message).toContain('/api/v1/me/token-limit-requests')
  })

  it('counts neither revoked nor expired tokens', async () => {
    const owner = await someone()
    const { given } = server
    const created_at = new Date(Date.now() - day)
    await given.token(owner.id, { revoked: true })
    await given.token(owner.id, { created_at, expires_at: new Date(Date.now() - 1000) })
    await given.token(owner.id)
    await given.token(owner.id)

    expect((await create(owner.as, { name: 'a' })).status).toBe(201)
    await expectRefusal(owner.as, { name: 'b' }, { status: 409 })
  })
})

describe('POST /me/tokens without a session', () => {
  it('refuses a token, even one that holds every right of an administrator', async () => {
    const admin = await server.given.admin()
    const { body: full } = await create(admin.as, { name: 'full' })
    const owner = await someone()
    const plain = await server.given.token(owner.id, { permissions: ['users.read'] })

    for (const as of [full.token, plain.as]) {
      const { body } = await expectRefusal(as, { name: 'a' }, { status: 403 })
      expect(body.error).toBe('forbidden')
    }
  })

  it('says so before it looks at the body', async () => {
    const owner = await someone()
    const token = await server.given.token(owner.id)

    await expectRefusal(token.as, { roles: 7 }, { status: 403 })
    await expectRefusal('', { roles: 7 }, { status: 401 })
  })
})
