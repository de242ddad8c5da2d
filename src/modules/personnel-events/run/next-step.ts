import type { Transaction } from '../../../audit/record-event.ts'
import type { LockedEvent } from '../lock-event.ts'
import { dayOf } from '../resource.ts'
import { isWaiting } from '../stages.ts'

export type Step = 'effect' | 'restore' | 'verify'

/** What may be done with an event today; null: nothing now, or nothing any more. */
export async function nextStep(tx: Transaction, event: LockedEvent): Promise<Step | null> {
  const [{ today }] = await tx.$queryRaw<[{ today: string }]>`
    SELECT (now() AT TIME ZONE 'UTC')::date::text AS today`
  if (event.status === 'scheduled') {
    return dayOf(event.effective_date) <= today ? 'effect' : null
  }
  if (event.status !== 'open') return null
  if (!isWaiting(event, 'restore')) return 'verify'
  return event.end_date && dayOf(event.end_date) <= today ? 'restore' : null
}
