import type { AuditEvent, Transaction } from '../../../audit/record-event.ts'
import type { LockedEvent } from '../lock-event.ts'

/** One step of an event, in a transaction that has locked all that it touches. */
export type Act = {
  tx: Transaction
  event: LockedEvent
  /** The user of the identity, if there is one anywhere; locked. */
  user_id: string | null
  /** In whose name it is done. */
  actor_id: string
  record: (event: AuditEvent) => Promise<void>
}

/** What became of a step: why it could not be done, or null. What was taken until then stays taken. */
export type Failure = string | null
