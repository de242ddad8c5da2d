import type { Transaction } from '../../audit/record-event.ts'
import type { StageName } from './event-fields.ts'
import type { LockedEvent } from './lock-event.ts'

/** Who did what the worker did. */
export const system = 'system'

/** Says that a stage has been done, or failed, by the database's clock. */
export async function setStage(
  tx: Transaction,
  event: { id: string },
  name: StageName,
  status: 'done' | 'failed',
  by: string,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE personnel_event_stages SET status = ${status}, at = now(), by = ${by}
    WHERE event_id = ${event.id}::uuid AND name = ${name}`
}

/** Nothing more comes of this event. */
export async function cancelStages(
  tx: Transaction,
  event: { id: string },
  by: string,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE personnel_event_stages SET status = 'canceled', at = now(), by = ${by}
    WHERE event_id = ${event.id}::uuid AND status = 'waiting'`
}

export const isWaiting = ({ stages }: LockedEvent, name: StageName): boolean =>
  stages.some((stage) => stage.name === name && stage.status === 'waiting')
