import { isInstant } from '../db/instants.ts'
import { Misuse } from './command.ts'

/** RFC 3339: a text without a zone means another instant on each machine. */
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i

/** What was given as this option. */
export function instantOf(name: string, text: string): Date {
  const at = new Date(text)
  if (rfc3339.test(text) && isOnCalendar(text) && isInstant(at)) return at
  throw new Misuse(`--${name} is no instant, such as 2026-01-31T00:00:00Z`)
}

/** V8 takes the 30th of February for the 2nd of March, and the hour 24 for the next day: RFC 3339 has neither. */
function isOnCalendar(text: string): boolean {
  const local = text.slice(0, 'YYYY-MM-DDThh:mm:ss'.length).toUpperCase()
  const at = new Date(`${local}Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(local)
}
