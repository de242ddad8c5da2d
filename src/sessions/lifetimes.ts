import type { Prisma } from '../generated/prisma/client.ts'

export function after(start: Date, minutes: number): Date {
  return new Date(start.getTime() + minutes * 60_000)
}

/** The sessions of a person that are in force; `now` is the database's clock. */
export function liveSessions(userId: string, now: Date) {
  return {
    user_id: userId,
    ended_at: null,
    expires_at: { gt: now },
    idle_expires_at: { gt: now },
  } satisfies Prisma.SessionWhereInput
}
