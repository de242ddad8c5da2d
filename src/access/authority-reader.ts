import type pg from 'pg'
import { AppError, unauthorized } from '../http/errors.ts'
import type { Authority, HeldGrant, Owner } from './authority.ts'
import type { ScopeEntry, TenantFacts } from './scope.ts'
import { tokenLimitAt } from './token-limit.ts'

/** What the authority is read of: a presented token, a signed-in session, or a token by its id. */
export type AuthoritySubject =
  | { kind: 'token_hash'; token_hash: Buffer }
  | { kind: 'session'; session_id: string; user_id: string }
  | { kind: 'token_id'; token_id: string }
  /** What an owner holds, without any credential. */
  | { kind: 'owner'; user_id: string }

/**
 * The one read behind every decision. It is always made after the request arrived, in one statement
 * and so of one moment, and nothing of it is kept for the next request.
 *
 * `tenantId` is the tenant that the request names, whose facts are read along.
 * Throws 401 for a credential that is not in force; its reason is only logged.
 */
export type ReadAuthority = (
  subject: AuthoritySubject,
  tenantId: string | null,
) => Promise<Authority>

export function authorityReader(pool: pg.Pool): ReadAuthority {
  return async (subject, tenantId) => {
    const { name, text, values } = statementFor(subject)
    const { rows } = await pool.query<Row>({
      name,
      text,
      values: [tenantId, ...values],
    })
    const [row] = rows
    if (!row) throw unauthorized('unknown')
    if (row.ended) throw unauthorized('revoked')
    if (row.expired) throw unauthorized('expired')
    if (row.owner.status !== 'active') throw unauthorized('owner not active')
    if (subject.kind === 'session' && row.owner.is_service_account) {
      throw unauthorized('session of a service account')
    }
    return authorityOf(row)
  }
}

type Row = {
  kind: 'session' | 'personal_access_token'
  id: string
  name: string | null
  expires_at: Date | null
  ended: boolean
  expired: boolean
  permissions: string[] | null
  stored_tenants: ScopeEntry[] | null
  owner: Owner & { token_limit_until: string | null }
  scope: ScopeEntry[]
  grants: HeldGrant[]
  blocked_tenant_ids: string[]
  tenants: TenantFacts[]
  read_at: Date
}

function authorityOf(row: Row): Authority {
  const { token_limit_until: until, ...owner } = row.owner
  const limit = { ...owner, token_limit_until: until === null ? null : new Date(until) }
  return {
    owner: { ...owner, token_limit: tokenLimitAt(limit, row.read_at) },
    credential: {
      kind: row.kind,
      id: row.id,
      name: row.name,
      expires_at: row.expires_at,
    },
    // By its kind, not by what is missing: a token that stored nothing would hold nothing.
    stored:
      row.kind === 'session'
        ? null
        : { permissions: row.permissions ?? [], tenants: row.stored_tenants ?? [] },
    scope: row.scope,
    grants: row.grants,
    blocked_tenant_ids: row.blocked_tenant_ids,
    tenants: new Map(row.tenants.map((tenant) => [tenant.id, tenant])),
    read_at: row.read_at,
  }
}

const tokenCredential = `
  SELECT 'personal_access_token' AS kind, id, owner_id AS user_id, name, expires_at,
    revoked_at IS NOT NULL AS ended, coalesce(expires_at <= now(), false) AS expired,
    permissions, tenants AS stored_tenants
  FROM tokens`

const sessionCredential = `
  SELECT 'session' AS kind, id, user_id, NULL::text AS name, expires_at,
    ended_at IS NOT NULL AS ended, least(expires_at, idle_expires_at) <= now() AS expired,
    NULL::text[] AS permissions, NULL::text[] AS stored_tenants
  FROM sessions`

const noCredential = `
  SELECT 'session' AS kind, id, id AS user_id, NULL::text AS name, NULL::timestamptz AS expires_at,
    false AS ended, false AS expired, NULL::text[] AS permissions, NULL::text[] AS stored_tenants
  FROM users`

/**
 * Written by hand because it is the hot path: one round trip, planned once per connection, and every
 * look-up in it by a unique key or an index on the owner. `$1` is the tenant that the request names.
 */
const statement = (credential: string, where: string) => `
  WITH credential AS (${credential} WHERE ${where}),
  scope AS (
    SELECT coalesce(s.tenant_id::text, s.word) AS entry
    FROM tenant_scopes s JOIN credential c USING (user_id)
  ),
  held AS (
    SELECT g.tenant_id, r.permissions
    FROM grants g JOIN credential c USING (user_id) JOIN roles r ON r.id = g.role_id
  ),
  named AS (
    SELECT $1::text AS entry
    UNION SELECT entry FROM scope
    UNION SELECT unnest(stored_tenants) FROM credential
    UNION SELECT tenant_id::text FROM held
    UNION SELECT b.tenant_id::text FROM tenant_blocks b JOIN credential c ON b.token_id = c.id
  )
  SELECT c.kind, c.id, c.name, c.expires_at, c.ended, c.expired, c.permissions, c.stored_tenants,
    json_build_object('id', u.id, 'is_service_account', u.is_service_account, 'email', u.email,
      'name', u.name, 'status', u.status, 'token_limit', u.token_limit,
      'token_limit_until', u.token_limit_until) AS owner,
    ARRAY(SELECT entry FROM scope) AS scope,
    (SELECT coalesce(json_agg(held), '[]') FROM held) AS grants,
    ARRAY(SELECT b.tenant_id::text FROM tenant_blocks b WHERE b.token_id = c.id) AS blocked_tenant_ids,
    (
      SELECT coalesce(json_agg(json_build_object('id', t.id, 'type', t.type, 'status', t.status)), '[]')
      FROM named JOIN tenants t
        ON t.id = CASE WHEN named.entry ~ '^[0-9a-f-]{36}$' THEN named.entry::uuid END
    ) AS tenants,
    now() AS read_at
  FROM credential c JOIN users u ON u.id = c.user_id`

const statements = {
  token_hash: statement(tokenCredential, 'token_hash = $2'),
  session: statement(sessionCredential, 'id = $2 AND user_id = $3'),
  token_id: statement(tokenCredential, 'id = $2'),
  owner: statement(noCredential, 'id = $2'),
}

function statementFor(subject: AuthoritySubject) {
  const name = `authority_by_${subject.kind}`
  const text = statements[subject.kind]
  switch (subject.kind) {
    case 'token_hash':
      return { name, text, values: [subject.token_hash] }
    case 'session':
      return { name, text, values: [subject.session_id, subject.user_id] }
    case 'token_id':
      return { name, text, values: [subject.token_id] }
    case 'owner':
      return { name, text, values: [subject.user_id] }
  }
}

/** For a read of somebody else's authority: there is none where theirs is not in force. */
export function ifNotInForce(error: unknown): null {
  if (error instanceof AppError && error.code === 'unauthorized') return null
  throw error
}
