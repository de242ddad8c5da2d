import type { Report } from './run.ts'

/** Why this run is no proof; nothing where it is one. */
export function faultsOf({ violations, scenes, unavailable, requests }: Report): string[] {
  const idle = Object.entries(scenes).filter(([, { changes }]) => changes === 0)
  return [
    ...(violations.length > 0 ? [`${violations.length} stale answers`] : []),
    ...idle.map(([name]) => `nothing was changed in: ${name}`),
    // A server that answers 503 is never wrong.
    ...(unavailable > requests / 100 ? [`${unavailable} of ${requests} answers are 503`] : []),
  ]
}

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
