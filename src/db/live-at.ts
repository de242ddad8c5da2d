import type { Prisma } from '../generated/prisma/client.ts'

/** Neither revoked nor expired. `now` is the database's clock, as everywhere where expiry is compared. */
export function liveAt(now: Date): Prisma.TokenWhereInput {
  return {
    revoked_at: null,
    OR: [{ expires_at: null }, { expires_at: { gt: now } }],
  }
}
