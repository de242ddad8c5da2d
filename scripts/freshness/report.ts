import type { Report } from './run.ts'

const shownViolations = 10

export function summaryOf({ seconds, seed, violations, ...counted }: Report): string {
  const { operations, requests, changes, unavailable } = counted
  return (
    `${seconds.toFixed(0)} s: ${operations} operations, ${requests} requests, ${changes} changes, ` +
    `${unavailable} times 503, ${violations.length} stale answers (seed ${seed})`
  )
}

/** What each scene did, and the first stale answers. */
export function tableOf({ scenes, violations }: Report): string {
  const rows = Object.entries(scenes).map(
    ([name, tally]) =>
      `${String(tally.requests).padStart(9)} requests ${String(tally.changes).padStart(6)} changes ` +
      `${String(tally.violations.length).padStart(5)} stale   ${name}`,
  )
  const stale = violations
    .slice(0, shownViolations)
    .map(
      ({ request, expected, lateMs }) =>
        `STALE: ${request.answer} instead of ${expected} on process ${request.server}, ` +
        `sent ${lateMs.toFixed(2)} ms after the change had returned`,
    )
  return [...rows, ...stale].join('\n')
}
