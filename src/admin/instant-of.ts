import { isInstant } from '../db/instants.ts'
import { Misuse } from './command.ts'

/** RFC 3339: a text without a zone means another instant on each machine. */
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i

/** What was given as this option. */
export function instantOf(name: string, text: string): Date {
  const at = new Date(text)
  if (rfc3339.test(text) && isInstant(at)) return at
  throw new Misuse(`--${name} is no instant, such as 2026-01-31T00:00:00Z`)
}
