const minute = 60_000
const hour = 60 * minute

/** So often a receiver that is there may refuse a delivery: over two days, with the pauses below. */
export const refusalsMax = 16

/** 1, 2, 4 … minutes, six hours at the most. */
export const pauseAfterRefusals = (refusals: number): number =>
  Math.min(2 ** (refusals - 1) * minute, 6 * hour)

/** A quarter of what it has been away for: who is back after an hour gets all within a quarter of one. */
export const pauseWhileDown = (failingMs: number): number =>
  Math.min(Math.max(failingMs / 4, 10_000), 15 * minute)

/** Where nothing at all arrives for so long, nobody looks any more. */
export const failingMs = 5 * 24 * hour
