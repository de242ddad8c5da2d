import type { Prisma } from '../generated/prisma/client.ts'

export function after(start: Date, minutes: number): Date {
  return new Date(start.getTime() + minutes * 60_000)
}

/** Sessions that are in force; `now` is the database's clock. */
export function inForceAt(now: Date) {
  return {
    ended_at: null,
    expires_at: { gt: now },
    idle_expires_at: { gt: now },
  } satisfies Prisma.SessionWhereInput
}

/** Those of a person. */
export const liveSessions = (user_id: string, now: Date) => ({ user_id, ...inForceAt(now) })
