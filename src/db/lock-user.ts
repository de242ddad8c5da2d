import { tokenLimitAt } from '../access/token-limit.ts'
import type { Prisma } from '../generated/prisma/client.ts'

export type LockedUser = {
  id: string
  is_service_account: boolean
  status: 'invited' | 'active' | 'deactivated'
  /** The one that holds now. */
  token_limit: number
  /** The database's clock. */
  now: Date
}

type Row = LockedUser & { token_limit_until: Date | null }

/**
 * Locks the row of a user who is not deleted. Whatever counts, adds to or takes from what a user has
 * (tokens, grants, tenants, status) does so under this lock, so that two such changes never cross. It is
 * not the lock of a deletion: rows that only name this user (`created_by`) need not wait.
 */
export async function lockUser(
  tx: Prisma.TransactionClient,
  id: string,
): Promise<LockedUser | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT id, is_service_account, status, token_limit, token_limit_until, now() AS now FROM users
    WHERE id = ${id}::uuid AND deleted_at IS NULL
    FOR NO KEY UPDATE`
  if (!row) return null
  const { token_limit_until, ...locked } = row
  return { ...locked, token_limit: tokenLimitAt({ ...row, token_limit_until }, row.now) }
}
