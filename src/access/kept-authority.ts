import { unauthorized } from '../http/errors.ts'
import type { Authority, Owner } from './authority.ts'
import type { AuthorityRow } from './authority-query.ts'
import type { TenantFacts } from './scope.ts'
import { sharedList, sharedText } from './shared-values.ts'
import { tokenLimitAt } from './token-limit.ts'

/** An authority apart from what the clock and the request have to do with it. */
export type KeptAuthority = {
  /** Null: for good. */
  ends_at: Date | null
  is_ended: boolean
  is_session: boolean
  token_limit_until: Date | null
  role_ids: string[]
  facts: Omit<Authority, 'read_at' | 'named_tenant'>
}

export function keep(row: AuthorityRow): KeptAuthority {
  const { token_limit_until: until, ...owner } = row.owner
  const { kind, id, name, expires_at, permissions, stored_tenants } = row
  const isToken = kind === 'personal_access_token'
  return {
    ends_at: row.ends_at,
    is_ended: row.is_ended,
    is_session: kind === 'session',
    token_limit_until: until === null ? null : new Date(until),
    role_ids: row.grants.map(({ role_id }) => sharedText(role_id)),
    facts: {
      owner,
      // Of an owner alone, everything that they hold: as of somebody who is signed in.
      credential: { kind: isToken ? kind : 'session', id, name, expires_at },
      sign_in: row.sign_in && {
        ...row.sign_in,
        began_at: new Date(row.sign_in.began_at),
        authenticated_at: row.sign_in.authenticated_at
          ? new Date(row.sign_in.authenticated_at)
          : null,
      },
      // By its kind, not by what is missing: a token that stored nothing would hold nothing.
      stored: isToken ? storedOf(permissions ?? [], stored_tenants ?? []) : null,
      scope: row.scope.map(sharedText),
      grants: row.grants.map((grant) => ({
        tenant_id: grant.tenant_id && sharedText(grant.tenant_id),
        permissions: sharedList(grant.permissions),
      })),
      blocked_tenant_ids: sharedList(row.blocked_tenant_ids),
      tenants: new Map(
        row.tenants.map(({ id, type, status }) => [
          sharedText(id),
          { id: sharedText(id), type, status },
        ]),
      ),
    },
  }
}

function storedOf(permissions: readonly string[], tenants: readonly string[]) {
  return { permissions: sharedList(permissions), tenants: tenants.map(sharedText) }
}

/**
 * The authority at this moment of the database's clock. Throws 401 for a credential that is not in force;
 * its reason is only logged.
 */
export function inForce(
  kept: KeptAuthority | null,
  read_at: Date,
  named_tenant: TenantFacts | null,
): Authority {
  if (kept === null) throw unauthorized('unknown')
  const { facts, ends_at, is_ended, is_session } = kept
  if (is_ended) throw unauthorized('revoked')
  if (ends_at !== null && ends_at <= read_at) throw unauthorized('expired')
  if (facts.owner.status !== 'active') throw unauthorized('owner not active')
  if (is_session && facts.owner.is_service_account) {
    throw unauthorized('session of a service account')
  }
  return { ...facts, owner: ownerAt(kept, read_at), read_at, named_tenant }
}

function ownerAt({ facts: { owner }, token_limit_until }: KeptAuthority, read_at: Date): Owner {
  if (token_limit_until === null) return owner
  return { ...owner, token_limit: tokenLimitAt({ ...owner, token_limit_until }, read_at) }
}
