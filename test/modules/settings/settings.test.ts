import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readApiDocument } from '../../support/api-document.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, refused } from '../users/expected.ts'

let server: TestServer
let admin: string
beforeAll(async () => {
  server = await startServer()
  admin = (await server.given.admin()).as
})
afterAll(() => server.close())
beforeEach(async () => {
  await server.database.sql('DELETE FROM settings')
  await server.database.sql('INSERT INTO settings (id) VALUES (1)')
  await server.database.sql(
    'UPDATE tokens SET revoked_at = now(), revoked_by = owner_id WHERE revoked_at IS NULL',
  )
})

const defaults = {
  default_token_lifetime_days: 30,
  max_token_lifetime_days: null,
  never_expiring_tokens_allowed: true,
  password_min_length: 12,
  session_idle_minutes: 1440,
  session_lifetime_minutes: 10_080,
  second_factor: 'optional',
  step_up_minutes: 15,
  credentials_valid_from: null,
}
const untouched = { exceeding_max_lifetime: 0, never_expiring: 0 }

const patch = (body: object, query = '') =>
  server.call('PATCH', `/settings${query}`, { as: admin, body })
const current = async () => (await server.call('GET', '/settings', { as: admin })).body
const stored = () => server.database.sql('SELECT * FROM settings')
const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000)

/** Tokens by what is left of them and how old they are, in days; null for never. */
async function givenTokens() {
  const { given } = server
  const owner = await given.person()
  const token = (left: number | null, age = 0, more = {}) =>
    given.token(owner.id, {
      expires_at: left === null ? null : daysFromNow(left),
      created_at: daysFromNow(-age),
      ...more,
    })
  await token(null)
  await token(null)
  await token(100)
  await token(10, 90)
  await token(10)
  await token(-1, 200)
  await token(null, 0, { revoked: true })
  await token(100, 0, { revoked: true })
  return owner
}

describe('GET /settings', () => {
  it('shows the platform’s settings, with exactly these fields', async () => {
    const { status, body } = await server.call('GET', '/settings', { as: admin })
    expect({ status, body }).toEqual({ status: 200, body: defaults })
  })
})

describe('PATCH /settings 200', () => {
  it('changes what is named and leaves the rest, with one event that tells no more', async () => {
    const body = { session_idle_minutes: 60, password_min_length: 12, max_token_lifetime_days: 90 }

    const answer = await patch(body)

    const after = { ...defaults, session_idle_minutes: 60, max_token_lifetime_days: 90 }
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({ ...after, affected_tokens: untouched })
    expect(await current()).toEqual(after)
    const [event] = await server.database.sql(
      'SELECT action, before, after FROM audit_events ORDER BY at DESC, id DESC LIMIT 1',
    )
    expect(event).toEqual({
      action: 'settings.updated',
      before: { session_idle_minutes: 1440, max_token_lifetime_days: null },
      after: { session_idle_minutes: 60, max_token_lifetime_days: 90 },
    })
  })

  it.each([{}, { max_token_lifetime_days: null, password_min_length: 12 }])(
    'leaves no event where %j is so already',
    async (body) => {
      const before = await server.traces()
      expect((await patch(body)).body).toEqual({ ...defaults, affected_tokens: untouched })
      expect(await server.traces()).toEqual(before)
    },
  )

  it.each([
    [{ max_token_lifetime_days: 50 }, { exceeding_max_lifetime: 2, never_expiring: 2 }],
    [{ max_token_lifetime_days: 99 }, { exceeding_max_lifetime: 2, never_expiring: 2 }],
    [{ max_token_lifetime_days: 101 }, { exceeding_max_lifetime: 0, never_expiring: 2 }],
    [{ never_expiring_tokens_allowed: false }, { exceeding_max_lifetime: 0, never_expiring: 2 }],
    [{ password_min_length: 20 }, untouched],
  ])('says how many live tokens %j touches, and leaves them as they are', async (body, counts) => {
    const { as } = await givenTokens()
    const tokens = () => server.database.sql('SELECT * FROM tokens ORDER BY id')
    const before = await tokens()

    expect((await patch(body)).body.affected_tokens).toEqual(counts)

    expect(await tokens()).toEqual(before)
    expect((await server.call('GET', '/me/tokens', { as })).body.total).toBe(5)
  })

  it('keeps a token at work that could not be made any more', async () => {
    const { given, call } = server
    const owner = await given.person()
    const token = await given.token(owner.id)
    await patch({ never_expiring_tokens_allowed: false, max_token_lifetime_days: 30 })
    expect((await call('GET', '/me', { as: token.as })).status).toBe(200)
  })

  it('answers the same with dry_run, and writes nothing', async () => {
    await givenTokens()
    const [traces, settings] = [await server.traces(), await stored()]
    const body = { max_token_lifetime_days: 50, session_idle_minutes: 30 }

    const dry = await patch(body, '?dry_run=true')

    expect(dry.status).toBe(200)
    expect(await server.traces()).toEqual(traces)
    expect(await stored()).toEqual(settings)
    expect((await patch(body, '?dry_run=false')).body).toEqual(dry.body)
    expect(await current()).toMatchObject(body)
  })

  it('lets one of two that contradict each other through', async () => {
    for (let round = 0; round < 5; round += 1) {
      await server.database.sql(
        'UPDATE settings SET default_token_lifetime_days = 30, max_token_lifetime_days = 100',
      )
      const answers = await Promise.all([
        patch({ default_token_lifetime_days: 80 }),
        patch({ max_token_lifetime_days: 40 }),
      ])
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
    }
  })
})

describe('A changed setting', () => {
  it('holds for the next token', async () => {
    const { given, call } = server
    const { as } = await given.person({
      tenants: ['any'],
      grants: [{ permissions: ['users.read'] }],
    })
    await patch({ default_token_lifetime_days: 5, max_token_lifetime_days: 10 })
    const create = (body: object) => call('POST', '/me/tokens', { as, body })

    const unasked = (await create({ name: 'a' })).body
    expect(Date.parse(unasked.expires_at) - Date.parse(unasked.created_at)).toBe(5 * 86_400_000)
    expect((await create({ name: 'b', expires_in_days: 10 })).status).toBe(201)
    expect((await create({ name: 'c', expires_in_days: 11 })).status).toBe(400)
    expect((await create({ name: 'c', expires_at: null })).status).toBe(400)
    // What was made at the very limit does not count as beyond it.
    expect((await patch({})).body.affected_tokens).toEqual(untouched)
  })

  it('holds for the next password', async () => {
    await patch({ password_min_length: 20 })
    const body = { email: 'new@example.com', name: 'New', password: 'x'.repeat(19), tenants: [] }
    const answer = await refused(server, 'POST', '/users', { as: admin, body })
    expect([answer.status, fieldsOf(answer.body)]).toEqual([400, ['password']])
  })
})

describe('PATCH /settings 400', () => {
  it.each([
    [{ default_token_lifetime_days: 0 }, 'default_token_lifetime_days'],
    [{ default_token_lifetime_days: 366 }, 'default_token_lifetime_days'],
    [{ default_token_lifetime_days: null }, 'default_token_lifetime_days'],
    [{ max_token_lifetime_days: 0 }, 'max_token_lifetime_days'],
    [{ max_token_lifetime_days: 3651 }, 'max_token_lifetime_days'],
    [{ max_token_lifetime_days: '30' }, 'max_token_lifetime_days'],
    [{ never_expiring_tokens_allowed: 'false' }, 'never_expiring_tokens_allowed'],
    [{ password_min_length: 7 }, 'password_min_length'],
    [{ password_min_length: 65 }, 'password_min_length'],
    [{ session_idle_minutes: 19 }, 'session_idle_minutes'],
    [{ session_idle_minutes: 43_201 }, 'session_idle_minutes'],
    [{ session_lifetime_minutes: 129_601 }, 'session_lifetime_minutes'],
    [{ session_lifetime_minutes: 30.5 }, 'session_lifetime_minutes'],
    [{ id: 2 }, 'id'],
    // Contradictions name what was asked for.
    [{ max_token_lifetime_days: 29 }, 'max_token_lifetime_days'],
    [
      { default_token_lifetime_days: 60, max_token_lifetime_days: 50 },
      'default_token_lifetime_days',
    ],
    [{ session_idle_minutes: 10_081 }, 'session_idle_minutes'],
    [{ session_lifetime_minutes: 1439 }, 'session_lifetime_minutes'],
  ])('refuses %j and names %s, with dry_run too', async (body, field) => {
    const before = await stored()
    for (const query of ['', '?dry_run=true']) {
      const answer = await refused(server, 'PATCH', `/settings${query}`, { as: admin, body })
      expect([answer.status, fieldsOf(answer.body)]).toEqual([400, [field]])
    }
    expect(await stored()).toEqual(before)
  })

  it.each(['dry_run=yes', 'dry=true'])('refuses ?%s rather than to write', async (query) => {
    const before = await stored()
    const body = { password_min_length: 20 }
    const answer = await refused(server, 'PATCH', `/settings?${query}`, { as: admin, body })
    expect(answer.status).toBe(400)
    expect(await stored()).toEqual(before)
  })
})

describe('PATCH /settings 403', () => {
  it('refuses who may only read them, and a holder in a tenant', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const reader = await given.person({ grants: [{ permissions: ['settings.read'] }] })
    const local = await given.person({
      tenants: [tenant.id],
      grants: [{ role: 'admin', tenant_id: tenant.id }],
    })
    for (const { as } of [reader, local]) {
      for (const query of ['', '?dry_run=true']) {
        const body = { password_min_length: 20 }
        const answer = await refused(server, 'PATCH', `/settings${query}`, { as, body })
        expect(answer.status).toBe(403)
        expect(answer.body.details).toMatchObject({ permission: 'settings.write' })
      }
    }
    expect((await server.call('GET', '/settings', { as: reader.as })).status).toBe(200)
    expect((await server.call('GET', '/settings', { as: local.as })).status).toBe(403)
  })
})

/** Each setting is one or the other, with another value than it has. */
const ofTokens = {
  default_token_lifetime_days: 20,
  max_token_lifetime_days: 90,
  never_expiring_tokens_allowed: false,
}
const ofSignIn = {
  password_min_length: 8,
  session_idle_minutes: 60,
  session_lifetime_minutes: 20_000,
  second_factor: 'off',
  step_up_minutes: 0,
}
const oneByOne = (fields: object) => Object.entries(fields).map(([name, value]) => [name, value])

describe('A token that stores settings.write', () => {
  const credentials = {
    'of a person': async () => {
      const { id } = await server.given.admin()
      return server.given.token(id, { permissions: ['settings.write'], tenants: ['any'] })
    },
    'of the system': () => server.given.systemToken(),
  }
  const each = Object.entries(credentials)

  it('is told of every setting whether it may change it', async () => {
    const { operations } = await readApiDocument(server.call)
    const { operation } = operations.find(({ name }) => name === 'PATCH /settings') ?? {}
    const { schema } = operation?.requestBody?.content['application/json'] ?? {}
    expect(Object.keys(schema?.['properties']).sort()).toEqual(
      Object.keys({ ...ofTokens, ...ofSignIn }).sort(),
    )
    const [, named] = operation?.description?.split(': ') ?? []
    expect(named?.replace('.', '').split(', ').sort()).toEqual(Object.keys(ofSignIn).sort())
  })

  it.each(oneByOne(ofSignIn))('does not change %s, with dry_run neither', async (name, value) => {
    const before = await stored()
    for (const [, make] of each) {
      const { as } = await make()
      for (const query of ['', '?dry_run=true']) {
        for (const more of [{}, ofTokens]) {
          const body = { ...more, [String(name)]: value }
          const answer = await refused(server, 'PATCH', `/settings${query}`, { as, body })
          expect([answer.status, answer.body.error]).toEqual([403, 'forbidden'])
          expect(answer.body.message).toContain('not a token')
        }
      }
    }
    expect(await stored()).toEqual(before)
    // By hand it is a change like any other.
    expect((await patch({ [String(name)]: value })).body).toMatchObject({ [String(name)]: value })
  })

  it.each(oneByOne(ofTokens))('changes %s', async (name, value) => {
    for (const [, make] of each) {
      const body = { [String(name)]: value }
      const answer = await server.call('PATCH', '/settings', { as: (await make()).as, body })
      expect([answer.status, answer.body]).toMatchObject([200, body])
    }
  })
})
