import { validFrom } from '../db/valid-from.ts'
import type { HeldGrant, Owner } from './authority.ts'
import type { ScopeEntry, TenantFacts } from './scope.ts'
import type { SignIn } from './sign-in.ts'

/** What decides what a credential may do, as one statement found it. */
export type AuthorityRow = {
  kind: 'session' | 'personal_access_token' | 'none'
  id: string
  /** What it was found by. */
  key: string
  name: string | null
  /** Of a session the earlier of its two ends. */
  ends_at: Date | null
  expires_at: Date | null
  /** Revoked, signed out, or made before what counts. */
  is_ended: boolean
  permissions: string[] | null
  stored_tenants: ScopeEntry[] | null
  sign_in:
    | (Omit<SignIn, 'began_at' | 'authenticated_at'> & {
        began_at: string
        authenticated_at: string | null
      })
    | null
  owner: Owner & { token_limit_until: string | null }
  scope: ScopeEntry[]
  grants: (HeldGrant & { role_id: string })[]
  blocked_tenant_ids: string[]
  tenants: TenantFacts[]
  read_at: Date
}

const tokens = (key: string) => `
  SELECT 'personal_access_token' AS kind, id, ${key} AS key, owner_id AS user_id, name, created_at,
    expires_at AS ends_at, expires_at, revoked_at IS NOT NULL AS is_ended,
    permissions, tenants AS stored_tenants, NULL::json AS sign_in
  FROM tokens`

const sessions = `
  SELECT 'session' AS kind, id, id::text AS key, user_id, NULL::text AS name, created_at,
    least(expires_at, idle_expires_at) AS ends_at, expires_at, ended_at IS NOT NULL AS is_ended,
    NULL::text[] AS permissions, NULL::text[] AS stored_tenants,
    (
      SELECT json_build_object('auth_methods', auth_methods, 'began_at', created_at,
        'authenticated_at', authenticated_at,
        'second_factor', p.second_factor, 'step_up_minutes', p.step_up_minutes,
        'has_password', EXISTS (SELECT FROM users o WHERE o.id = user_id AND o.password_hash IS NOT NULL),
        'has_totp', EXISTS (
          SELECT FROM totp_factors f WHERE f.user_id = sessions.user_id AND f.confirmed_at IS NOT NULL
        ),
        'has_passkey', EXISTS (SELECT FROM passkeys k WHERE k.user_id = sessions.user_id))
      FROM settings p
    ) AS sign_in
  FROM sessions`

const nobody = `
  SELECT 'none' AS kind, id, id::text AS key, id AS user_id, NULL::text AS name,
    NULL::timestamptz AS created_at, NULL::timestamptz AS ends_at, NULL::timestamptz AS expires_at, false AS is_ended,
    NULL::text[] AS permissions, NULL::text[] AS stored_tenants, NULL::json AS sign_in
  FROM users`

/**
 * Written by hand because it is the hot path's second half: one round trip for however many credentials,
 * planned once per connection, every look-up in it by a unique key or an index on the owner.
 */
const statement = (credential: string, where: string) => `
  WITH credential AS (${credential} WHERE ${where})
  SELECT c.kind, c.id, c.key, c.name, c.ends_at, c.expires_at, c.permissions, c.stored_tenants, c.sign_in,
    c.is_ended OR coalesce(c.created_at <= ${validFrom('u')}, false) AS is_ended,
    json_build_object('id', u.id, 'is_service_account', u.is_service_account, 'email', u.email,
      'name', u.name, 'status', u.status, 'token_limit', u.token_limit,
      'token_limit_until', u.token_limit_until) AS owner,
    ARRAY(
      SELECT coalesce(s.tenant_id::text, s.word) FROM tenant_scopes s WHERE s.user_id = c.user_id
    ) AS scope,
    (
      SELECT coalesce(json_agg(json_build_object('tenant_id', g.tenant_id, 'role_id', g.role_id,
        'permissions', r.permissions)), '[]')
      FROM grants g JOIN roles r ON r.id = g.role_id WHERE g.user_id = c.user_id
    ) AS grants,
    ARRAY(SELECT b.tenant_id::text FROM tenant_blocks b WHERE b.token_id = c.id) AS blocked_tenant_ids,
    (
      SELECT coalesce(json_agg(json_build_object('id', t.id, 'type', t.type, 'status', t.status)), '[]')
      FROM tenants t WHERE t.id IN (
        SELECT s.tenant_id FROM tenant_scopes s WHERE s.user_id = c.user_id
        UNION SELECT g.tenant_id FROM grants g WHERE g.user_id = c.user_id
        UNION SELECT b.tenant_id FROM tenant_blocks b WHERE b.token_id = c.id
        UNION SELECT CASE WHEN entry ~ '^[0-9a-f-]{36}$' THEN entry::uuid END
          FROM unnest(c.stored_tenants) AS stored (entry)
      )
    ) AS tenants,
    now() AS read_at
  FROM credential c JOIN users u ON u.id = c.user_id CROSS JOIN settings`

const byHash = tokens(`encode(token_hash, 'hex')`)

/** By what one authority is found; `$1` is the key. */
export const authorityStatements = {
  token_hash: {
    name: 'authority_by_token_hash',
    text: statement(byHash, `token_hash = decode($1, 'hex')`),
  },
  session: { name: 'authority_by_session', text: statement(sessions, 'id = $1::uuid') },
  token_id: {
    name: 'authority_by_token_id',
    text: statement(tokens('id::text'), 'id = $1::uuid'),
  },
  owner: { name: 'authority_by_owner', text: statement(nobody, 'id = $1::uuid') },
} as const

/** The same for many at once; `$1` are the keys. */
export const authoritiesStatements = {
  token_hash: {
    name: 'authorities_by_token_hash',
    text: statement(
      byHash,
      `token_hash = ANY (ARRAY(SELECT decode(key, 'hex') FROM unnest($1::text[]) AS asked (key)))`,
    ),
  },
  session: { name: 'authorities_by_session', text: statement(sessions, 'id = ANY ($1::uuid[])') },
} as const
