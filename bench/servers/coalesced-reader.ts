import type pg from 'pg'
import { type AuthorityRow, authoritiesStatements } from '../../src/access/authority-query.ts'
import { keyOf, type ReadAuthority, readTenant } from '../../src/access/authority-reader.ts'
import { inForce, keep } from '../../src/access/kept-authority.ts'
import { batched } from '../../src/freshness/shared.ts'

/** Nothing is kept: all who wait share one read of their authorities. */
export function coalescedReader(pool: pg.Pool): ReadAuthority {
  const load = batched(async (keys) => {
    const statement = authoritiesStatements.token_hash
    const { rows } = await pool.query<AuthorityRow>({ ...statement, values: [keys] })
    return new Map(rows.map((row) => [row.key, row]))
  })
  return async (subject, tenantId) => {
    const row = await load(keyOf(subject))
    const named = tenantId === null ? null : await readTenant(pool, tenantId)
    return inForce(row ? keep(row) : null, row?.read_at ?? new Date(0), named)
  }
}
