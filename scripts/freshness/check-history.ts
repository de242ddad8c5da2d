/** Start and end by the clock of this machine that only goes forward, in nanoseconds. */
export type Span = { start: number; end: number }

export type Change = Span & { becomes: Authority }
export type Request = Span & { answer: Authority | 'unavailable'; server: number }
export type Authority = 'allowed' | 'refused'

/** What happened to one subject: changes one after the other, requests at any time. */
export type History = {
  before: Authority
  changes: readonly Change[]
  requests: readonly Request[]
}

/** A request that was answered by an authority that was no longer true when it started. */
export type Violation = { request: Request; expected: Authority; behind: Change; lateMs: number }

/**
 * Finds the requests that no order of things explains. Version v is the state after v changes. A request
 * saw one of the versions from the last change that had *returned* when it started to the last that had
 * *begun* when it ended; and none that is older than what a request saw that had ended before.
 * A 503 is always right.
 */
export function checkHistory({ before, changes, requests }: History): Violation[] {
  const stateOf = (version: number) => (version === 0 ? before : changes[version - 1]!.becomes)
  const byStart = requests
    .filter(({ answer }) => answer !== 'unavailable')
    .sort((a, b) => a.start - b.start)
  const ended: { end: number; version: number }[] = []
  const violations: Violation[] = []
  const seen = newestSeen(ended)
  let returned = 0
  for (const request of byStart) {
    while (returned < changes.length && changes[returned]!.end < request.start) returned += 1
    const oldest = Math.max(returned, seen(request.start))
    let version = oldest
    while (stateOf(version) !== request.answer && isBegun(changes[version], request)) version += 1
    if (stateOf(version) === request.answer) {
      ended.push({ end: request.end, version })
    } else {
      // Nothing has changed yet, and the answer is another all the same: as good as a change at time 0.
      const behind = changes[oldest - 1] ?? { start: 0, end: 0, becomes: before }
      const lateMs = (request.start - behind.end) / 1e6
      violations.push({ request, expected: stateOf(oldest), behind, lateMs })
    }
  }
  return violations
}

const isBegun = (change: Change | undefined, { end }: Request): boolean =>
  change !== undefined && change.start < end

/** The newest version that requests are known to have seen which ended before a moment; moments only grow. */
function newestSeen(ended: { end: number; version: number }[]): (moment: number) => number {
  let newest = 0
  return (moment) => {
    for (let at = ended.length - 1; at >= 0; at -= 1) {
      const { end, version } = ended[at]!
      if (end >= moment) continue
      newest = Math.max(newest, version)
      ended.splice(at, 1)
    }
    return newest
  }
}
