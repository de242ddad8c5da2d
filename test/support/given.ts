import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { AccessTokens } from '../../src/access/access-token.ts'
import { bcryptPasswords } from '../../src/access/passwords.ts'
import { generateToken, hashToken, hintOf } from '../../src/access/token.ts'
import { systemPrincipalId } from '../../src/db/reach-filters.ts'
import type { Client } from './client.ts'
import type { TestDatabase } from './database.ts'
import { providersOf } from './given-providers.ts'
import { recordsOf } from './given-records.ts'
import { webhooksOf } from './given-webhooks.ts'

export type Person = { id: string; email: string; as: string; session_id: string }
export type GivenToken = { id: string; as: string }

type GrantTo = { permissions?: string[]; role?: string; tenant_id?: string | null }
type PersonOptions = {
  tenants?: string[]
  grants?: GrantTo[]
  status?: string
  token_limit?: number
}
type TokenOptions = {
  permissions?: string[]
  tenants?: string[]
  expires_at?: Date | null
  created_at?: Date
  revoked?: boolean
  name?: string
  created_by?: string
}

const password = 'a long walk on the beach'
let hash: Promise<string> | null = null
const passwordHash = () => {
  hash ??= bcryptPasswords(10).hash(password)
  return hash
}

/** Makes what a test needs, straight in the database: the operations themselves are tested elsewhere. */
export function givenOf({ sql }: TestDatabase, call: Client, tokens: AccessTokens) {
  async function tenant(type: 'test' | 'production' = 'test', status = 'active', name?: string) {
    const id = uuidv7()
    const slug = `t-${randomBytes(6).toString('hex')}`
    await sql('INSERT INTO tenants (id, slug, name, type, status) VALUES ($1, $2, $3, $4, $5)', [
      id,
      slug,
      name ?? slug,
      type,
      status,
    ])
    return { id, slug, name: name ?? slug, type }
  }

  async function role(permissions: string[]): Promise<string> {
    const id = uuidv7()
    await sql('INSERT INTO roles (id, name, permissions) VALUES ($1, $2, $3)', [
      id,
      `role-${id}`,
      permissions,
    ])
    return id
  }

  async function roleId(name: string): Promise<string> {
    const [row] = await sql<{ id: string }>('SELECT id FROM roles WHERE name = $1', [name])
    if (!row) throw new Error(`No role ${name}`)
    return row.id
  }

  async function grant(userId: string, { permissions, role: name, tenant_id = null }: GrantTo) {
    const id = uuidv7()
    const role_id = name ? await roleId(name) : await role(permissions ?? [])
    await sql('INSERT INTO grants (id, user_id, role_id, tenant_id) VALUES ($1, $2, $3, $4)', [
      id,
      userId,
      role_id,
      tenant_id,
    ])
    return id
  }

  async function scope(userId: string, entry: string): Promise<void> {
    const column = /^[0-9a-f]{8}-/.test(entry) ? 'tenant_id' : 'word'
    await sql(`INSERT INTO tenant_scopes (id, user_id, ${column}) VALUES ($1, $2, $3)`, [
      uuidv7(),
      userId,
      entry,
    ])
  }

  async function session(user_id: string) {
    const session_id = uuidv7()
    await sql(
      `INSERT INTO sessions (id, user_id, expires_at, idle_expires_at, auth_methods)
       VALUES ($1, $2, now() + interval '1 day', now() + interval '1 day', '{password}')`,
      [session_id, user_id],
    )
    return { session_id, as: await tokens.sign({ user_id, session_id }) }
  }

  /** A person who is signed in. Each of `grants` is a role of its own with these permissions, or one by name. */
  async function person(options: PersonOptions = {}): Promise<Person> {
    const { tenants = [], grants = [], status = 'active', token_limit = 3 } = options
    const id = uuidv7()
    const email = `p-${id}@example.com`
    await sql(
      'INSERT INTO users (id, email, name, status, token_limit) VALUES ($1, $2, $2, $3, $4)',
      [id, email, status, token_limit],
    )
    for (const entry of tenants) await scope(id, entry)
    for (const one of grants) await grant(id, one)
    return { id, email, ...(await session(id)) }
  }

  /** A person who can sign in, by e-mail address and this password. */
  async function withPassword(options: PersonOptions & { name?: string } = {}) {
    const someone = await person(options)
    const { name = 'Ada Lovelace' } = options
    await sql('UPDATE users SET password_hash = $2, name = $3 WHERE id = $1', [
      someone.id,
      await passwordHash(),
      name,
    ])
    return { ...someone, name, password }
  }

  /** An account without a person, in these tenants. */
  async function serviceAccount(tenants: string[], status = 'active'): Promise<string> {
    const id = uuidv7()
    await sql(
      'INSERT INTO users (id, is_service_account, name, status) VALUES ($1, true, $2, $3)',
      [id, `account-${id}`, status],
    )
    for (const entry of tenants) await scope(id, entry)
    return id
  }

  /** Everything, everywhere. */
  const admin = () => person({ tenants: ['any'], grants: [{ role: 'admin' }] })

  async function token(ownerId: string, options: TokenOptions = {}): Promise<GivenToken> {
    const {
      permissions = ['tenants.read'],
      tenants = [],
      expires_at = null,
      created_at = new Date(Date.now() - 1000),
      created_by = ownerId,
    } = options
    const id = uuidv7()
    const secret = generateToken('postern', 'pat', randomBytes)
    await sql(
      `INSERT INTO tokens (id, owner_id, created_by, name, token_hash, hint, permissions, tenants,
         expires_at, created_at, revoked_at, revoked_by)
       VALUES ($1, $2, $11, $3, $4, $5, $6, $7, $8, $9,
         CASE WHEN $10 THEN now() END, CASE WHEN $10 THEN $2::uuid END)`,
      [
        id,
        ownerId,
        options.name ?? `token-${id}`,
        hashToken(secret),
        hintOf(secret),
        permissions,
        tenants,
        expires_at,
        created_at,
        options.revoked ?? false,
        created_by,
      ],
    )
    return { id, as: secret }
  }

  /** A token of the system itself. */
  const systemToken = (options: TokenOptions = {}) =>
    token(systemPrincipalId, { permissions: ['*.*'], tenants: ['any'], ...options })

  /** A request for more tokens that waits for its decision. */
  async function limitRequest(user_id: string, requested_limit = 5): Promise<string> {
    const id = uuidv7()
    await sql(
      `INSERT INTO token_limit_requests (id, user_id, requested_limit, reason) VALUES ($1, $2, $3, 'regions')`,
      [id, user_id, requested_limit],
    )
    return id
  }

  /** A passkey that no device has, to be renamed or deleted, and that the sessions so far have shown. */
  async function passkey(user_id: string): Promise<string> {
    const id = uuidv7()
    await sql(
      `INSERT INTO passkeys (id, user_id, name, credential_id, public_key, transports)
       VALUES ($1, $2, 'Laptop', $3, '', '{}')`,
      [id, user_id, id],
    )
    await sql(`UPDATE sessions SET auth_methods = auth_methods || '{passkey}' WHERE user_id = $1`, [
      user_id,
    ])
    return id
  }

  return {
    tenant,
    ...recordsOf(sql),
    ...providersOf(sql),
    ...webhooksOf(sql),
    role,
    roleId,
    grant,
    scope,
    session,
    person,
    withPassword,
    serviceAccount,
    admin,
    token,
    systemToken,
    limitRequest,
    passkey,
    call,
    sql,
  }
}

export type Given = ReturnType<typeof givenOf>
