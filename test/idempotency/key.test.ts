import { createHash, createHmac, randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forgetOldAnswers } from '../../src/idempotency/prune.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const nameOf = () => `name ${randomUUID()}`

const createRole = (as: string, key: string, body: object) =>
  server.call('POST', '/roles', { as, body, headers: { 'idempotency-key': key } })

const roleOf = (name = nameOf()) => ({ name, permissions: ['users.read'] })

/** As the server stores it. */
const storedKey = (credentialId: string, key: string) =>
  createHash('sha256').update(`${credentialId} ${key}`).digest('base64url')

const isReplay = ({ headers }: { headers: Headers }) => headers.get('idempotency-replayed')

describe('an Idempotency-Key', () => {
  it('means one request: with another body, or on another path, it is refused', async () => {
    const { as } = await server.given.admin()
    const key = randomUUID()
    const body = roleOf()
    const first = await createRole(as, key, body)
    const before = await server.traces()

    const headers = { 'idempotency-key': key }
    const others = [
      await createRole(as, key, roleOf()),
      await createRole(as, key, { ...body, permissions: ['users.read', 'users.create'] }),
      await server.call('POST', '/tenants', {
        as,
        headers,
        body: { slug: `t-${key}`, name: 'Acme', type: 'test' },
      }),
    ]

    for (const answer of others) {
      expect(answer).toMatchObject({ status: 409, body: { error: 'conflict' } })
      expect(answer.body.errors).toEqual([
        { field: 'Idempotency-Key', message: expect.any(String) },
      ])
      expect(isReplay(answer)).toBeNull()
      expect(answer.text).not.toContain(first.body.id)
    }
    expect(await server.traces()).toEqual(before)
  })

  it('takes the same fields in another order for the same body', async () => {
    const { as } = await server.given.admin()
    const key = randomUUID()
    const { name, permissions } = roleOf()

    const first = await createRole(as, key, { name, permissions })
    const second = await createRole(as, key, { permissions, name })

    expect(second).toMatchObject({ status: 201, text: first.text })
  })

  it('is nothing to another owner, nor to another credential of the same owner', async () => {
    const administrator = await server.given.admin()
    const permissions = ['roles.write']
    const callers = [
      administrator,
      await server.given.session(administrator.id),
      await server.given.token(administrator.id, { permissions }),
      await server.given.admin(),
    ]
    const key = randomUUID()

    const answers = []
    for (const { as } of callers) answers.push(await createRole(as, key, roleOf()))

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    expect(answers.map(isReplay)).toEqual([null, null, null, null])
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(4)
  })

  it.each([
    ['is empty', ''],
    ['has a space', 'a b'],
    ['is longer than 255 characters', 'x'.repeat(256)],
    ['is not ASCII', 'clé'],
  ])('that %s is refused by name', async (_, key) => {
    const { as } = await server.given.admin()
    const before = await server.traces()

    const answer = await createRole(as, key, roleOf())

    expect(answer).toMatchObject({ status: 400, body: { error: 'validation_error' } })
    expect(answer.body.errors).toEqual([{ field: 'Idempotency-Key', message: expect.any(String) }])
    expect(await server.traces()).toEqual(before)
  })

  it('may be of 255 characters, and of any that are visible', async () => {
    const { as } = await server.given.admin()
    const key = `"!~${'x'.repeat(252)}`
    const body = roleOf()

    expect(await createRole(as, key, body)).toMatchObject({ status: 201 })
    expect(isReplay(await createRole(as, key, body))).toBe('true')
  })
})

describe('the authority of the moment', () => {
  it('is asked of a replay too: who lost the permission gets 403, and the answer again with it', async () => {
    const { given, database } = server
    const person = await given.person({ grants: [{ permissions: ['roles.write'] }] })
    const [key, body] = [randomUUID(), roleOf()]
    const first = await createRole(person.as, key, body)

    await database.sql('DELETE FROM grants WHERE user_id = $1', [person.id])
    const without = await createRole(person.as, key, body)
    await given.grant(person.id, { permissions: ['roles.write'] })
    const again = await createRole(person.as, key, body)

    expect(without).toMatchObject({ status: 403, body: { error: 'forbidden' } })
    expect(without.text).not.toContain(first.body.id)
    expect(again).toMatchObject({ status: 201, text: first.text })
  })

  it('is asked in the tenant that the body names', async () => {
    const { given, database, call } = server
    const [kept, lost] = [await given.tenant(), await given.tenant()]
    const permissions = ['service_accounts.write']
    const person = await given.person({
      tenants: [kept.id, lost.id],
      grants: [kept, lost].map(({ id }) => ({ permissions, tenant_id: id })),
    })
    const create = (key: string) =>
      call('POST', '/service-accounts', {
        as: person.as,
        body: { name: 'nightly import', tenants: [lost.id] },
        headers: { 'idempotency-key': key },
      })
    const key = randomUUID()
    const first = await create(key)
    expect(first.status).toBe(201)

    await database.sql('DELETE FROM grants WHERE user_id = $1 AND tenant_id = $2', [
      person.id,
      lost.id,
    ])
    const second = await create(key)

    expect(second).toMatchObject({ status: 403, body: { error: 'forbidden' } })
    expect(second.text).not.toContain(first.body.id)
  })

  it('does not let a revoked token have its answer', async () => {
    const { given, database } = server
    const administrator = await given.admin()
    const token = await given.token(administrator.id, { permissions: ['roles.write'] })
    const [key, body] = [randomUUID(), roleOf()]
    expect((await createRole(token.as, key, body)).status).toBe(201)

    await database.sql(
      'UPDATE tokens SET revoked_at = now(), revoked_by = owner_id WHERE id = $1',
      [token.id],
    )

    expect((await createRole(token.as, key, body)).status).toBe(401)
  })
})

describe('what is remembered', () => {
  it('is no refusal: the same request is tried again when its cause is gone', async () => {
    const { as } = await server.given.admin()
    const name = nameOf()
    const [taken] = [(await createRole(as, randomUUID(), roleOf(name))).body]
    const key = randomUUID()
    const before = await server.traces()

    expect((await createRole(as, key, roleOf(name))).status).toBe(409)
    expect((await createRole(as, key, { name })).status).toBe(400)
    expect(await server.traces()).toEqual(before)
    await server.call('DELETE', `/roles/${taken.id}`, { as })
    const retried = await createRole(as, key, roleOf(name))

    expect(retried).toMatchObject({ status: 201, body: { name } })
    expect(isReplay(retried)).toBeNull()
  })

  it('is no failure, nor is anything created without it', async () => {
    const { sql } = server.database
    const { as } = await server.given.admin()
    const [key, body] = [randomUUID(), roleOf()]
    await sql(`
      CREATE FUNCTION break_answers() RETURNS trigger LANGUAGE plpgsql
        AS 'BEGIN RAISE EXCEPTION ''no answer is stored''; END';
      CREATE TRIGGER broken BEFORE UPDATE ON idempotency_keys
        FOR EACH ROW EXECUTE FUNCTION break_answers()`)
    const before = await server.traces()
    try {
      expect((await createRole(as, key, body)).status).toBe(500)
      expect(await server.traces()).toEqual(before)
    } finally {
      await sql('DROP FUNCTION break_answers() CASCADE')
    }

    const retried = await createRole(as, key, body)

    expect(retried.status).toBe(201)
    expect(isReplay(retried)).toBeNull()
  })

  it('is forgotten after 24 hours of the database, on use and by pruning', async () => {
    const { sql } = server.database
    const { as, session_id } = await server.given.admin()
    const age = (key: string, hours: number) =>
      sql(
        `UPDATE idempotency_keys SET created_at = now() - $2 * interval '1 hour' WHERE key = $1`,
        [storedKey(session_id, key), hours],
      )
    const [old, young] = [randomUUID(), randomUUID()]
    for (const key of [old, young]) await createRole(as, key, roleOf())
    await age(old, 24)
    await age(young, 23.9)

    const reused = await createRole(as, old, roleOf())
    expect(reused.status).toBe(201)
    expect(isReplay(reused)).toBeNull()
    expect((await createRole(as, young, roleOf())).status).toBe(409)

    await age(old, 24)
    await forgetOldAnswers(server.pool)
    const left = await sql('SELECT key FROM idempotency_keys WHERE key = ANY ($1)', [
      [old, young].map((key) => storedKey(session_id, key)),
    ])
    expect(left).toEqual([{ key: storedKey(session_id, young) }])
  })

  it('holds no fast hash of a body with a password, and tells one password from another', async () => {
    const { as } = await server.given.admin()
    const key = randomUUID()
    const email = `${key}@example.com`
    const create = (password: string) =>
      server.call('POST', '/users', {
        as,
        body: { email, name: 'Ada', tenants: [], password },
        headers: { 'idempotency-key': key },
      })
    const password = 'a long enough password'
    const first = await create(password)

    const [row] = await server.database.sql<{ request_hash: Buffer }>(
      `SELECT request_hash FROM idempotency_keys WHERE response->>'email' = $1`,
      [email],
    )
    const fields = { email, name: 'Ada', password, tenants: [] }
    const text = JSON.stringify(['POST', '/api/v1/users', fields])
    expect(row?.request_hash).not.toEqual(createHmac('sha256', key).update(text).digest())
    expect((await create(password)).body).toEqual(first.body)
    expect((await create('another long password')).status).toBe(409)
  })
})

describe('a request whose key another holds for too long', () => {
  it('is told to come again, and creates nothing', async () => {
    const { as, id, session_id } = await server.given.admin()
    const [key, body] = [randomUUID(), roleOf()]
    const holder = new pg.Client({ connectionString: server.database.url })
    await holder.connect()
    await holder.query('BEGIN')
    await holder.query(
      'INSERT INTO idempotency_keys (user_id, key, request_hash) VALUES ($1, $2, $3)',
      [id, storedKey(session_id, key), Buffer.alloc(32)],
    )
    const before = await server.traces()
    const waited = await createRole(as, key, body)
    await holder.query('ROLLBACK')
    await holder.end()

    expect(waited).toMatchObject({ status: 409, body: { error: 'conflict' } })
    expect(waited.headers.get('retry-after')).toBe('1')
    expect(await server.traces()).toEqual(before)
    expect((await createRole(as, key, body)).status).toBe(201)
  })
})
