import type { TestDatabase } from '../../support/database.ts'

/** The rows that say who holds what, as the tables hold them. Nothing here is computed. */
export type Facts = {
  tenants: { id: string; type: string }[]
  permissions: { name: string; scope: 'tenant' | 'platform' }[]
  roles: { id: string; version: number; permissions: string[] }[]
  owners: { id: string; is_service_account: boolean; email: string | null }[]
  scopes: { user_id: string; entry: string }[]
  grants: { id: string; user_id: string; tenant_id: string | null; permissions: string[] }[]
  tokens: {
    id: string
    owner_id: string
    permissions: string[]
    tenants: string[]
    blocked: string[]
  }[]
  /** Who is on the books of the tenants. */
  identities: { id: string }[]
  /** Those that have taken something and may give it back. */
  events: { id: string }[]
}

/** What a run made; other runs share the database and are none of its business. */
export type Mine = { tenants: string[]; roles: string[]; owners: string[] }

/**
 * The rows of one run. The status of users and tenants is left out on purpose: a stop of every use is no
 * loss, so what is given to somebody deactivated, or in a suspended tenant, counts as given.
 */
export async function readFacts({ sql }: TestDatabase, mine: Mine): Promise<Facts> {
  const [row] = await sql<Facts>(statement, [mine.tenants, mine.roles, mine.owners])
  if (!row) throw new Error('No facts')
  return row
}

const list = (query: string) => `(SELECT coalesce(json_agg(x), '[]') FROM (${query}) x)`

const statement = `SELECT
  ${list('SELECT id, type FROM tenants WHERE id = ANY($1::uuid[]) ORDER BY id')} AS tenants,
  ${list('SELECT name, scope FROM permissions ORDER BY name')} AS permissions,
  ${list('SELECT id, version, permissions FROM roles WHERE id = ANY($2::uuid[]) ORDER BY id')} AS roles,
  ${list('SELECT id, is_service_account, email FROM users WHERE id = ANY($3::uuid[]) AND deleted_at IS NULL ORDER BY id')} AS owners,
  ${list('SELECT user_id, coalesce(tenant_id::text, word) AS entry FROM tenant_scopes WHERE user_id = ANY($3::uuid[]) ORDER BY id')} AS scopes,
  ${list('SELECT g.id, g.user_id, g.tenant_id, r.permissions FROM grants g JOIN roles r ON r.id = g.role_id WHERE g.user_id = ANY($3::uuid[]) ORDER BY g.id')} AS grants,
  ${list(`SELECT id, owner_id, permissions, tenants,
      ARRAY(SELECT tenant_id::text FROM tenant_blocks b WHERE b.token_id = tokens.id) AS blocked
    FROM tokens WHERE owner_id = ANY($3::uuid[]) AND revoked_at IS NULL ORDER BY id`)} AS tokens,
  ${list(`SELECT id FROM identities WHERE tenant_id = ANY($1::uuid[]) AND status <> 'removed' ORDER BY id`)} AS identities,
  ${list(`SELECT id FROM personnel_events WHERE tenant_id = ANY($1::uuid[]) AND status IN ('open', 'snoozed') ORDER BY id`)} AS events`
