import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessTokens } from '../../src/access/access-token.ts'
import { systemClock } from '../../src/clock.ts'
import { clientOf } from '../support/client.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'
import { type Given, givenOf } from '../support/given.ts'

let database: TestDatabase
let given: Given
/** Sessions of the database as the application's role and as its owner. */
const clients: Record<string, pg.Client> = {}

beforeAll(async () => {
  database = await cloneDatabase()
  // No call is made and no token signed: the rules are the database's own.
  given = givenOf(database, clientOf(''), accessTokens(randomBytes(32), '', systemClock))
  clients['owner'] = await connect()
  clients['application'] = await connect('-c role=postern_app')
})
afterAll(async () => {
  await Promise.all(Object.values(clients).map((client) => client.end()))
  await database.drop()
})

async function connect(options?: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url, ...(options && { options }) })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** The SQLSTATE with which the statement is refused, or null. */
async function refusal(text: string, values: unknown[] = [], as = 'owner') {
  try {
    await clients[as]?.query(text, values)
    return null
  } catch (error) {
    return (error as { code: string }).code
  }
}

const [checkViolation, uniqueViolation, foreignKeyViolation] = ['23514', '23505', '23503']
const [restrictViolation, permissionDenied, notNullViolation] = ['23001', '42501', '23502']

describe('users', () => {
  const insert = (columns: Record<string, unknown>) => {
    const all = {
      is_service_account: false,
      email: `${randomBytes(8).toString('hex')}@x.example`,
      name: 'n',
      ...columns,
    }
    const values = Object.values(all)
    return refusal(
      `INSERT INTO users (id, ${Object.keys(all).join(', ')})
       VALUES (gen_random_uuid(), ${values.map((_, at) => `$${at + 1}`).join(', ')})`,
      values,
    )
  }

  it.each([
    [0, checkViolation],
    [1, null],
    [10, null],
    [11, checkViolation],
    [-1, checkViolation],
  ])('have a token limit from 1 to 10: %i', async (token_limit, code) => {
    expect(await insert({ token_limit })).toBe(code)
  })

  it('are service accounts exactly where they have no e-mail address', async () => {
    expect(await insert({ is_service_account: true })).toBe(checkViolation)
    expect(await insert({ email: null })).toBe(checkViolation)
    expect(await insert({ is_service_account: true, email: null })).toBeNull()
  })

  it('have an e-mail address in lower case, unique among those that are not deleted', async () => {
    expect(await insert({ email: 'Ada@x.example' })).toBe(checkViolation)
    const email = 'ada@x.example'
    expect(await insert({ email, deleted_at: new Date() })).toBeNull()
    expect(await insert({ email })).toBeNull()
    expect(await insert({ email })).toBe(uniqueViolation)
    expect(await insert({ email, status: 'deactivated' })).toBe(uniqueViolation)
    expect(await insert({ email, deleted_at: new Date() })).toBeNull()
  })

  it('cannot be removed by the application', async () => {
    const { id } = await given.person()
    const text = 'DELETE FROM users WHERE id = $1'
    expect(await refusal(text, [id], 'application')).toBe(permissionDenied)
  })
})

describe('tenant scopes and grants', () => {
  const scope = (user: string, tenant: string | null, word: string | null) =>
    refusal(
      `INSERT INTO tenant_scopes (id, user_id, tenant_id, word)
       VALUES (gen_random_uuid(), $1, $2, $3)`,
      [user, tenant, word],
    )
  const grant = (user: string, role: string, tenant: string | null) =>
    refusal(
      'INSERT INTO grants (id, user_id, role_id, tenant_id) VALUES (gen_random_uuid(), $1, $2, $3)',
      [user, role, tenant],
    )

  it('hold each tenant and each word once', async () => {
    const [{ id: user }, { id: tenant }] = [await given.person(), await given.tenant()]
    expect(await scope(user, tenant, null)).toBeNull()
    expect(await scope(user, tenant, null)).toBe(uniqueViolation)
    expect(await scope(user, null, 'any')).toBeNull()
    expect(await scope(user, null, 'any')).toBe(uniqueViolation)
    expect(await scope(user, null, 'type:test')).toBeNull()
  })

  it('hold either a tenant or one of the known words', async () => {
    const [{ id: user }, { id: tenant }] = [await given.person(), await given.tenant()]
    expect(await scope(user, tenant, 'any')).toBe(checkViolation)
    expect(await scope(user, null, null)).toBe(checkViolation)
    expect(await scope(user, null, 'all')).toBe(checkViolation)
  })

  it('give a role once in a tenant, and once without one', async () => {
    const [{ id: user }, { id: tenant }] = [await given.person(), await given.tenant()]
    const role = await given.role(['users.read'])
    expect(await grant(user, role, tenant)).toBeNull()
    expect(await grant(user, role, tenant)).toBe(uniqueViolation)
    expect(await grant(user, role, null)).toBeNull()
    expect(await grant(user, role, null)).toBe(uniqueViolation)
  })

  it('keep the roles and tenants that they name', async () => {
    const [{ id: user }, { id: tenant }] = [await given.person(), await given.tenant()]
    const role = await given.role(['users.read'])
    await grant(user, role, tenant)
    // Refused by ON DELETE RESTRICT, which has a code of its own.
    for (const [table, id] of [
      ['roles', role],
      ['tenants', tenant],
      ['users', user],
    ]) {
      const code = await refusal(`DELETE FROM ${table} WHERE id = $1`, [id])
      expect([foreignKeyViolation, restrictViolation]).toContain(code)
    }
  })
})

describe('tokens', () => {
  it('name only permissions and tenants that exist', async () => {
    const { id } = await given.person()
    const tenant = await given.tenant()
    const codeOf = (options: Parameters<Given['token']>[1]) =>
      given.token(id, options).then(
        () => null,
        (error) => error.code,
      )
    expect(await codeOf({ permissions: ['users.read', 'users.fly'] })).toBe(foreignKeyViolation)
    expect(await codeOf({ permissions: ['users.*'] })).toBe(foreignKeyViolation)
    expect(await codeOf({ permissions: [] })).toBe(checkViolation)
    expect(await codeOf({ tenants: ['0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11'] })).toBe(
      foreignKeyViolation,
    )
    expect(await codeOf({ tenants: ['all'] })).toBe(foreignKeyViolation)
    expect(await codeOf({ tenants: [tenant.id.toUpperCase()] })).toBe(foreignKeyViolation)
    expect(await codeOf({ expires_at: new Date(Date.now() - 60_000) })).toBe(checkViolation)
    expect(await codeOf({ tenants: [tenant.id, 'any', 'type:test', 'type:production'] })).toBeNull()
  })

  it('have a name that no other live token of the owner has', async () => {
    const [one, other] = [await given.person(), await given.person()]
    const [name, past] = ['same', new Date(Date.now() - 1000)]
    const created_at = new Date(Date.now() - 60_000)
    await given.token(one.id, { name, revoked: true })
    await given.token(one.id, { name, created_at, expires_at: past })
    await given.token(other.id, { name })
    await given.token(one.id, { name })
    await expect(given.token(one.id, { name })).rejects.toMatchObject({
      code: uniqueViolation,
      constraint: 'tokens_live_name_key',
    })
  })

  it('keep that rule against two sessions that insert at the same moment', async () => {
    const { id: owner } = await given.person()
    const [first, second] = [await connect(), await connect()]
    const { rows } = await second.query('SELECT pg_backend_pid() AS pid')
    const insert = (client: pg.Client) =>
      client.query(
        `INSERT INTO tokens (id, owner_id, created_by, name, token_hash, hint, permissions, tenants)
         VALUES (gen_random_uuid(), $1, $1, 'same', $2, 'hint', '{users.read}', '{}')`,
        [owner, randomBytes(32)],
      )
    await first.query('BEGIN')
    await insert(first)
    const waiting = insert(second).then(
      () => null,
      (error) => error.constraint,
    )
    // The second must be stopped by the first, not merely come after it.
    let blockers: unknown[] = []
    while (blockers.length === 0) {
      const [row] = await database.sql('SELECT pg_blocking_pids($1) AS pids', [rows[0].pid])
      blockers = row?.['pids']
    }
    await first.query('COMMIT')
    expect(await waiting).toBe('tokens_live_name_key')
    await Promise.all([first.end(), second.end()])
  })

  /** A statement's right-hand side for each column, different from what is there. */
  const changes: Record<string, string> = {
    id: 'gen_random_uuid()',
    owner_id: `'00000000-0000-7000-8000-000000000000'`,
    name: `'other'`,
    description: `'other'`,
    token_hash: `sha256('other')`,
    hint: `'abcd'`,
    permissions: `'{users.create}'`,
    tenants: `'{any}'`,
    created_at: `now() - interval '1 day'`,
    created_by: `'00000000-0000-7000-8000-000000000000'`,
    expires_at: `now() + interval '1 day'`,
  }
  const revocation = ['revoked_at', 'revoked_by', 'revoked_reason']

  it('are immutable in every column but those of the revocation', async () => {
    const rows = await database.sql<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'tokens'`,
    )
    const columns = rows.map(({ name }) => name)
    expect(columns.sort()).toEqual([...Object.keys(changes), ...revocation].sort())
  })

  it.each(Object.entries(changes))('never change: %s', async (column, value) => {
    const token = await given.token((await given.person()).id)
    const update = `UPDATE tokens SET ${column} = ${value} WHERE id = $1`
    expect(await refusal(update, [token.id], 'application')).toBe(permissionDenied)
    expect(await refusal(update, [token.id], 'owner')).toBe(restrictViolation)
  })

  it('never change along with a revocation either', async () => {
    const { id: owner } = await given.person()
    const token = await given.token(owner)
    const update = `UPDATE tokens SET revoked_at = now(), revoked_by = $2, tenants = '{any}' WHERE id = $1`
    expect(await refusal(update, [token.id, owner], 'owner')).toBe(restrictViolation)
  })

  it('are revoked by somebody, and for good', async () => {
    const { id: owner } = await given.person()
    const token = await given.token(owner)
    const set = (columns: string) => `UPDATE tokens SET ${columns} WHERE id = $1`
    expect(await refusal(set('revoked_at = now()'), [token.id])).toBe(checkViolation)
    const revoke = set('revoked_at = now(), revoked_by = owner_id')
    expect(await refusal(revoke, [token.id], 'application')).toBeNull()
    for (const columns of [
      'revoked_at = NULL, revoked_by = NULL',
      `revoked_at = now() + interval '1 day'`,
      `revoked_reason = 'other'`,
    ]) {
      for (const as of ['application', 'owner']) {
        expect(await refusal(set(columns), [token.id], as)).toBe(restrictViolation)
      }
    }
  })

  it('are never deleted', async () => {
    const token = await given.token((await given.person()).id)
    const remove = 'DELETE FROM tokens WHERE id = $1'
    expect(await refusal(remove, [token.id], 'application')).toBe(permissionDenied)
    expect(await refusal(remove, [token.id], 'owner')).toBe(restrictViolation)
    const truncate = 'TRUNCATE tokens CASCADE'
    expect(await refusal(truncate, [], 'application')).toBe(permissionDenied)
    expect(await refusal(truncate, [], 'owner')).toBe(restrictViolation)
  })

  // A set that is NULL would be read as none, and a credential that stores none has all of its owner.
  it.each(['permissions', 'tenants'])('store a set, never NULL: %s', async (column) => {
    const { id: owner } = await given.person()
    const sets = { permissions: `'{users.read}'`, tenants: `'{}'`, [column]: 'NULL' }
    const code = await refusal(
      `INSERT INTO tokens (id, owner_id, created_by, name, token_hash, hint, permissions, tenants)
       VALUES (gen_random_uuid(), $1, $1, 'n', $2, 'hint', ${sets.permissions}, ${sets.tenants})`,
      [owner, randomBytes(32)],
    )
    expect([notNullViolation, checkViolation]).toContain(code)
  })

  it('have a hash of 32 bytes that no other token has', async () => {
    const { id: owner } = await given.person()
    const insert = (hash: Buffer, hint = 'hint') =>
      refusal(
        `INSERT INTO tokens (id, owner_id, created_by, name, token_hash, hint, permissions, tenants)
         VALUES (gen_random_uuid(), $1, $1, gen_random_uuid()::text, $2, $3, '{users.read}', '{}')`,
        [owner, hash, hint],
      )
    const hash = randomBytes(32)
    expect(await insert(hash)).toBeNull()
    expect(await insert(hash)).toBe(uniqueViolation)
    expect(await insert(randomBytes(31))).toBe(checkViolation)
    expect(await insert(randomBytes(32), 'longer')).toBe(checkViolation)
  })
})

describe('token-limit requests', () => {
  const ask = (user: string, limit = 5, status = 'pending') =>
    refusal(
      `INSERT INTO token_limit_requests (id, user_id, requested_limit, reason, status)
       VALUES (gen_random_uuid(), $1, $2, 'why', $3)`,
      [user, limit, status],
    )

  it('are pending one at a time for a user', async () => {
    const [one, other] = [await given.person(), await given.person()]
    expect(await ask(one.id, 5, 'denied')).toBeNull()
    expect(await ask(one.id, 5, 'approved')).toBeNull()
    expect(await ask(one.id)).toBeNull()
    expect(await ask(one.id)).toBe(uniqueViolation)
    expect(await ask(other.id)).toBeNull()
  })

  it.each([
    [3, checkViolation],
    [4, null],
    [10, null],
    [11, checkViolation],
  ])('ask for 4 to 10: %i', async (limit, code) => {
    expect(await ask((await given.person()).id, limit)).toBe(code)
  })
})

describe('settings', () => {
  it('are one row, which the application cannot remove', async () => {
    expect(await refusal('INSERT INTO settings (id) VALUES (2)')).toBe(checkViolation)
    expect(await refusal('INSERT INTO settings (id) VALUES (1)')).toBe(uniqueViolation)
    expect(await refusal('DELETE FROM settings', [], 'application')).toBe(permissionDenied)
  })

  it.each([
    'default_token_lifetime_days',
    'max_token_lifetime_days',
    'session_idle_minutes',
    'session_lifetime_minutes',
  ])('refuse a %s of 0', async (column) => {
    expect(await refusal(`UPDATE settings SET ${column} = 0`)).toBe(checkViolation)
  })
})

describe('roles and audit events', () => {
  it.each([
    ['roles', `(id, name, permissions) VALUES (gen_random_uuid(), 'n', NULL)`],
    [
      'audit_events',
      `(id, actor_name, action, target_type, target_id, tenant_ids)
       VALUES (gen_random_uuid(), 'n', 'a', 't', 'x', NULL)`,
    ],
  ])('have lists that may be empty and are never NULL: %s', async (table, values) => {
    expect(await refusal(`INSERT INTO ${table} ${values}`)).toBe(notNullViolation)
  })
})

describe('names', () => {
  it.each(['Acme', 'ac--me', '-acme', 'acme-', '', 'a'.repeat(64), 'acme\n'])(
    'refuse the slug %j',
    async (slug) => {
      const insert = `INSERT INTO tenants (id, slug, name, type) VALUES (gen_random_uuid(), $1, 'n', 'test')`
      expect(await refusal(insert, [slug])).toBe(checkViolation)
    },
  )

  it.each(['users', 'users.*', '*.*', 'Users.read', 'a.b.c', 'users.read\n'])(
    'refuse the permission %j',
    async (name) => {
      const insert = `INSERT INTO permissions (name, scope, description) VALUES ($1, 'tenant', '')`
      expect(await refusal(insert, [name])).toBe(checkViolation)
    },
  )
})

describe('the application’s role', () => {
  it('may change neither a signing key nor the schema', async () => {
    for (const text of [
      `UPDATE signing_keys SET secret = 'x'`,
      'DELETE FROM signing_keys',
      'CREATE TABLE more (id int)',
      'ALTER TABLE tokens DISABLE TRIGGER ALL',
      'DROP TRIGGER tokens_never_change ON tokens',
      `UPDATE _prisma_migrations SET checksum = ''`,
    ]) {
      expect([text, await refusal(text, [], 'application')]).toEqual([text, permissionDenied])
    }
  })
})
