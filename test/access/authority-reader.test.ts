import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessTokens } from '../../src/access/access-token.ts'
import {
  type AuthoritySubject,
  authorityReader,
  type ReadAuthority,
} from '../../src/access/authority-reader.ts'
import { hexHashOf } from '../../src/access/token.ts'
import { systemClock } from '../../src/clock.ts'
import { clientOf } from '../support/client.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'
import { type Given, type GivenToken, givenOf, type Person } from '../support/given.ts'

let database: TestDatabase
let pool: pg.Pool
let given: Given
let read: ReadAuthority
beforeAll(async () => {
  database = await cloneDatabase()
  pool = new pg.Pool({ connectionString: database.url, max: 2 })
  given = givenOf(
    database,
    clientOf('http://127.0.0.1:1'),
    accessTokens(Buffer.from('x'), '', systemClock),
  )
  read = authorityReader(pool)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const byToken = ({ as }: GivenToken, tenant: string | null = null) =>
  read({ kind: 'token_hash', token_hash: hexHashOf(as) }, tenant)
const bySession = ({ id, session_id }: Person, tenant: string | null = null) =>
  read({ kind: 'session', user_id: id, session_id }, tenant)

/** The reason for the log, of a subject that is let in nowhere. */
async function reasonOf(subject: Promise<unknown>): Promise<string> {
  const error = await subject.then(
    () => ({ extras: { reason: 'let in' } }),
    (thrown) => thrown,
  )
  return error.extras?.reason ?? String(error)
}

/** Somebody in two tenants and of a word, with grants of both kinds and a token that one tenant blocks. */
async function scene() {
  const [a, b, c] = [
    await given.tenant('test'),
    await given.tenant('production', 'suspended'),
    await given.tenant(),
  ]
  const person = await given.person({
    tenants: [a.id, 'type:production'],
    token_limit: 5,
    grants: [
      { permissions: ['users.read', 'users.*'], tenant_id: a.id },
      { permissions: ['roles.read'] },
    ],
  })
  const expires_at = new Date(Date.now() + 3_600_000)
  const token = await given.token(person.id, {
    name: 'runner',
    permissions: ['users.read'],
    tenants: [b.id, 'any'],
    expires_at,
  })
  await database.sql(
    "INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, '', $3)",
    [token.id, c.id, person.id],
  )
  const facts = (tenant: typeof a, status = 'active') => ({
    id: tenant.id,
    type: tenant.type,
    status,
  })
  return { person, token, expires_at, a: facts(a), b: facts(b, 'suspended'), c: facts(c) }
}

describe('The authority of a token', () => {
  it('holds what it stores, what its owner has, who blocks it, and the facts of every tenant named', async () => {
    const { person, token, expires_at, a, b, c } = await scene()
    const named = await given.tenant()
    const authority = await byToken(token, named.id)
    expect(authority).toMatchObject({
      owner: {
        id: person.id,
        is_service_account: false,
        email: person.email,
        name: person.email,
        status: 'active',
        token_limit: 5,
      },
      credential: { kind: 'personal_access_token', id: token.id, name: 'runner', expires_at },
      stored: { permissions: ['users.read'], tenants: [b.id, 'any'] },
      blocked_tenant_ids: [c.id],
    })
    expect([...authority.scope].sort()).toEqual([a.id, 'type:production'].sort())
    expect(authority.grants).toHaveLength(2)
    expect(authority.grants).toContainEqual({
      tenant_id: a.id,
      permissions: ['users.read', 'users.*'],
    })
    expect(authority.grants).toContainEqual({ tenant_id: null, permissions: ['roles.read'] })
    expect(authority.tenants).toEqual(new Map([a, b, c].map((one) => [one.id, one])))
    expect(authority.named_tenant).toEqual({ id: named.id, type: 'test', status: 'active' })
    expect(Math.abs(authority.read_at.getTime() - Date.now())).toBeLessThan(60_000)
    expect(await read({ kind: 'token_id', token_id: token.id }, named.id)).toEqual({
      ...authority,
      read_at: expect.any(Date),
    })
  })

  it('is not there for one that is unknown, revoked or expired, or whose owner is not active', async () => {
    const { person } = await scene()
    const ended = { created_at: new Date(0), expires_at: new Date(Date.now() - 1000) }
    const gone = await given.person({ status: 'deactivated' })
    const unknown: AuthoritySubject = { kind: 'token_hash', token_hash: hexHashOf('x') }
    expect(await reasonOf(read(unknown, null))).toBe('unknown')
    expect(await reasonOf(byToken(await given.token(person.id, { revoked: true })))).toBe('revoked')
    expect(await reasonOf(byToken(await given.token(person.id, ended)))).toBe('expired')
    expect(await reasonOf(byToken(await given.token(gone.id)))).toBe('owner not active')
    expect(await reasonOf(byToken(await given.token(person.id)))).toBe('let in')
  })
})

describe('The authority of a session', () => {
  it('stores nothing and is blocked nowhere', async () => {
    const { person, a } = await scene()
    const authority = await bySession(person)
    expect(authority).toMatchObject({
      owner: { id: person.id },
      credential: { kind: 'session', id: person.session_id, name: null },
      stored: null,
      blocked_tenant_ids: [],
    })
    expect(authority.grants).toHaveLength(2)
    expect(authority.tenants).toEqual(new Map([[a.id, a]]))
  })

  it.each([
    ['revoked', 'ended_at = now()'],
    ['expired', 'expires_at = now()'],
    ['expired', 'idle_expires_at = now()'],
    ['let in', "idle_expires_at = now() + interval '1 minute'"],
  ])('is %s with %s', async (reason, change) => {
    const person = await given.person()
    await database.sql(`UPDATE sessions SET ${change} WHERE id = $1`, [person.session_id])
    expect(await reasonOf(bySession(person))).toBe(reason)
  })

  it('belongs to its user, is known, and is no service account’s', async () => {
    const [person, other] = [await given.person(), await given.person()]
    const account = await given.serviceAccount([])
    const session = await given.session(account)
    const accounts = { kind: 'session', user_id: account, session_id: session.session_id } as const
    expect(await reasonOf(bySession({ ...person, id: other.id }))).toBe('unknown')
    expect(await reasonOf(bySession({ ...person, session_id: uuidv7() }))).toBe('unknown')
    expect(await reasonOf(read(accounts, null))).toBe('session of a service account')
  })
})

describe('The authority of an owner', () => {
  it('is theirs without a credential, also of a service account, while they are active', async () => {
    const tenant = await given.tenant()
    const account = await given.serviceAccount([tenant.id])
    await given.grant(account, { permissions: ['users.read'], tenant_id: tenant.id })
    const token = await given.token(account, { tenants: [tenant.id] })
    expect((await byToken(token)).owner).toMatchObject({ is_service_account: true, email: null })
    const person = await given.person({ tenants: ['any'] })
    const owner = (user_id: string) => read({ kind: 'owner', user_id }, null)
    expect(await owner(person.id)).toMatchObject({
      owner: { id: person.id },
      stored: null,
      scope: ['any'],
      grants: [],
      credential: { expires_at: null },
    })
    const gone = await given.person({ status: 'deactivated' })
    expect(await reasonOf(owner(gone.id))).toBe('owner not active')
    expect(await reasonOf(owner(uuidv7()))).toBe('unknown')
  })
})
