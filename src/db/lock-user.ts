import type { Prisma } from '../generated/prisma/client.ts'

export type LockedUser = {
  id: string
  is_service_account: boolean
  status: 'invited' | 'active' | 'deactivated'
  token_limit: number
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
    SELECT id, is_service_account, status, token_limit, now() AS now FROM users
    WHERE id = ${id}::uuid AND deleted_at IS NULL
    FOR NO KEY UPDATE`
  return row ?? null
}
