import type pg from 'pg'
import { AppError } from '../http/errors.ts'
import type { Authority } from './authority.ts'
import { type AuthorityRow, authorityStatements } from './authority-query.ts'
import { inForce, keep } from './kept-authority.ts'
import type { TenantFacts } from './scope.ts'

/** What the authority is read of: what a request presents, a token by its id, or an owner alone. */
export type AuthoritySubject =
  | { kind: 'token_hash'; token_hash: string }
  | { kind: 'session'; session_id: string; user_id: string }
  | { kind: 'token_id'; token_id: string }
  /** What an owner holds, without any credential. */
  | { kind: 'owner'; user_id: string }

/**
 * What is true at a moment after the call. `tenantId` is the tenant that the request names, whose facts are
 * read along.
 * Throws 401 for a credential that is not in force; its reason is only logged.
 */
export type ReadAuthority = (
  subject: AuthoritySubject,
  tenantId: string | null,
) => Promise<Authority>

/** Asks the database each time; what a request presents goes through freshness/ instead. */
export function authorityReader(pool: pg.Pool): ReadAuthority {
  return async (subject, tenantId) => {
    const { rows } = await pool.query<AuthorityRow>({
      ...authorityStatements[subject.kind],
      values: [keyOf(subject)],
    })
    const [row] = rows
    const isItsOwn = subject.kind !== 'session' || row?.owner.id === subject.user_id
    const named = tenantId === null ? null : await readTenant(pool, tenantId)
    return inForce(row && isItsOwn ? keep(row) : null, row?.read_at ?? new Date(0), named)
  }
}

export function keyOf(subject: AuthoritySubject): string {
  switch (subject.kind) {
    case 'token_hash':
      return subject.token_hash
    case 'session':
      return subject.session_id
    case 'token_id':
      return subject.token_id
    case 'owner':
      return subject.user_id
  }
}

export async function readTenant(pool: pg.Pool, id: string): Promise<TenantFacts | null> {
  const { rows } = await pool.query<TenantFacts>({
    name: 'tenant_facts',
    text: 'SELECT id::text, type::text, status::text FROM tenants WHERE id = $1::uuid',
    values: [id],
  })
  return rows[0] ?? null
}

/** For a read of somebody else's authority: there is none where theirs is not in force. */
export function ifNotInForce(error: unknown): null {
  if (error instanceof AppError && error.code === 'unauthorized') return null
  throw error
}
