import { failureOf } from './errors.ts'

const followMs = 1000
const awayMs = 5000
/** What has stood still for so long is asked about less often: perhaps no worker runs. */
const stillMs = 60_000
const slowMs = 15_000

type Asked<Data> = { state: { data: Data | undefined; error: unknown } }

/** An answer that is as the one before is the same object (TanStack's structural sharing). */
const seenSince = new WeakMap<object, number>()

function isStill(data: object): boolean {
  const now = Date.now()
  const since = seenSince.get(data) ?? now
  seenSince.set(data, since)
  return now - since > stillMs
}

/** The `refetchInterval` of what becomes something else by itself: asked again and again for so long. */
export function following<Data extends object>(
  goesOn: (data: Data) => boolean,
  everyMs = followMs,
) {
  return ({ state: { data, error } }: Asked<Data>): number | false => {
    // Refused, what it was is still there: asking again would bring nothing.
    if (error !== null) return failureOf(error).isAway ? awayMs : false
    if (data === undefined || !goesOn(data)) return false
    return isStill(data) ? slowMs : everyMs
  }
}
