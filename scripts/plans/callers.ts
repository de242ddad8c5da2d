import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { accessTokens } from '../../src/access/access-token.ts'
import { isScopeWord } from '../../src/access/scope.ts'
import { generateToken, hashToken, hintOf } from '../../src/access/token.ts'
import { systemClock } from '../../src/clock.ts'

/** Who asks, and for which tenant and whom where a path names one. */
export type Caller = {
  name: string
  as: string
  user_id: string
  tenant_id: string
  someone_id: string
  application_id: string
}

type Made = {
  name: string
  entries: string[]
  role: string
  token?: boolean
  blocked_in?: string | undefined
}

/** How far a reach may go: everywhere, everywhere but in one tenant, by a word, a big tenant, three small ones. */
export async function makeCallers(client: pg.Client): Promise<Caller[]> {
  const { big, few } = await usualTenants(client)
  const admin = { entries: ['any'], role: 'admin' }
  const local = { role: 'tenant-admin' }
  const made: Made[] = [
    { name: 'administrator', ...admin },
    { name: 'blocked in one', ...admin, token: true, blocked_in: few[0] },
    { name: 'type:production', ...local, entries: ['type:production'] },
    { name: 'the big tenant', ...local, entries: [big] },
    { name: 'three tenants', ...local, entries: few },
  ]
  const callers: Caller[] = []
  for (const one of made) callers.push(await makeCaller(client, one))
  return callers
}

export async function makeCaller(client: pg.Client, made: Made): Promise<Caller> {
  const { name, entries, role } = made
  const user_id = randomUUID()
  await client.query(
    `INSERT INTO users (id, email, name, status) VALUES ($1, $2, 'Caller', 'active')`,
    [user_id, `${user_id}@plans.test`],
  )
  for (const entry of entries) {
    const column = isScopeWord(entry) ? 'word' : 'tenant_id'
    await client.query(
      `INSERT INTO tenant_scopes (id, user_id, ${column}) VALUES (gen_random_uuid(), $1, $2)`,
      [user_id, entry],
    )
  }
  await client.query(
    `INSERT INTO grants (id, user_id, role_id) SELECT gen_random_uuid(), $1, id FROM roles WHERE name = $2`,
    [user_id, role],
  )
  const as = made.token
    ? await newToken(client, user_id, made.blocked_in)
    : await newSession(client, user_id)
  const { big } = await usualTenants(client)
  const tenant_id = entries.find((entry) => !isScopeWord(entry)) ?? big
  return {
    name,
    as,
    user_id,
    tenant_id,
    someone_id: await memberOf(client, tenant_id),
    application_id: await applicationOf(client, tenant_id),
  }
}

/** The first one that the seed has made is the big one. */
export async function usualTenants(client: pg.Client): Promise<{ big: string; few: string[] }> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM tenants WHERE status = 'active' AND type = 'production' ORDER BY created_at LIMIT 4`,
  )
  const [big = '', ...few] = rows.map(({ id }) => id)
  return { big, few }
}

async function newSession(client: pg.Client, user_id: string): Promise<string> {
  const [{ secret }] = (await client.query('SELECT secret FROM signing_keys')).rows
  const session_id = randomUUID()
  await client.query(
    `INSERT INTO sessions (id, user_id, expires_at, idle_expires_at)
     VALUES ($1, $2, now() + interval '1 day', now() + interval '1 day')`,
    [session_id, user_id],
  )
  return accessTokens(secret, '', systemClock).sign({ user_id, session_id })
}

async function newToken(
  client: pg.Client,
  user_id: string,
  blocked_in: string | undefined,
): Promise<string> {
  const token = generateToken('postern', 'pat', randomBytes)
  const id = randomUUID()
  await client.query(
    `INSERT INTO tokens (id, owner_id, created_by, name, token_hash, hint, permissions, tenants)
     VALUES ($1, $2, $2, 'of a caller', $3, $4, '{*.*}', '{any}')`,
    [id, user_id, hashToken(token), hintOf(token)],
  )
  if (blocked_in !== undefined) {
    await client.query(
      `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by) VALUES ($1, $2, 'to see', $3)`,
      [id, blocked_in, user_id],
    )
  }
  return token
}

async function memberOf(client: pg.Client, tenant_id: string): Promise<string> {
  const { rows } = await client.query<{ user_id: string }>(
    `SELECT user_id FROM tenant_scopes JOIN users u ON u.id = user_id
     WHERE tenant_id = $1 AND deleted_at IS NULL AND u.name <> 'Caller' LIMIT 1`,
    [tenant_id],
  )
  return rows[0]?.user_id ?? ''
}

/** The first that the seed has made: of the big tenant the one with accounts. */
async function applicationOf(client: pg.Client, tenant_id: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM applications WHERE tenant_id = $1 ORDER BY created_at, id LIMIT 1',
    [tenant_id],
  )
  return rows[0]?.id ?? ''
}
