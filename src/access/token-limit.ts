/** How many live tokens an owner has without asking for more. */
const defaultTokenLimit = 3

/** The limit that holds now: a raised one may hold until a date only. */
export function tokenLimitAt(
  user: { token_limit: number; token_limit_until: Date | null },
  now: Date,
): number {
  const isOver = user.token_limit_until !== null && user.token_limit_until <= now
  return isOver ? Math.min(user.token_limit, defaultTokenLimit) : user.token_limit
}
