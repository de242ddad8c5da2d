import { tokenLimitAt } from '../access/token-limit.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { validFrom } from './valid-from.ts'

export type LockedUser = {
  id: string
  is_service_account: boolean
  status: 'invited' | 'active' | 'deactivated'
  /** The one that holds now. */
  token_limit: number
  /** Until when it is raised; null: for good, or not at all. */
  token_limit_until: Date | null
  /** What was made then or before, for this user or for everybody, is not in force; null: all is. */
  credentials_valid_from: Date | null
  /** The database's clock. */
  now: Date
}

/**
 * Locks the row of a user who is not deleted. Whatever counts, adds to or takes from what a user has
 * (tokens, grants, tenants, status) does so under this lock, so that two such changes never cross. It is
 * not the lock of a deletion: rows that only name this user (`created_by`) need not wait.
 */
export async function lockUser(
  tx: Prisma.TransactionClient,
  id: string,
): Promise<LockedUser | null> {
  const [row] = await tx.$queryRaw<LockedUser[]>`
    SELECT users.id, is_service_account, status, token_limit, token_limit_until,
      ${Prisma.raw(validFrom('users'))} AS credentials_valid_from, now() AS now
    FROM users CROSS JOIN settings
    WHERE users.id = ${id}::uuid AND deleted_at IS NULL
    FOR NO KEY UPDATE OF users`
  if (!row) return null
  const { token_limit_until: until, now } = row
  const isOver = until !== null && until <= now
  return { ...row, token_limit: tokenLimitAt(row, now), token_limit_until: isOver ? null : until }
}
