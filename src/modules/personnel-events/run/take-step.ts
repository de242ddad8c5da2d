import type { Jobs } from '../../../jobs/jobs.ts'
import { type EventStatus, effectStages, type StageName } from '../event-fields.ts'
import type { Taken } from '../plan.ts'
import { cancelStages, isWaiting, setStage, system } from '../stages.ts'
import type { Act, Failure } from './act.ts'
import { deprovision } from './deprovision.ts'
import type { Step } from './next-step.ts'
import { provision } from './provision.ts'
import { restore } from './restore.ts'
import { suspend } from './suspend.ts'
import { transition } from './transition.ts'
import { verify } from './verify.ts'

const effects = {
  onboard: provision,
  offboard: deprovision,
  role_transition: transition,
  leave_of_absence: suspend,
}

export async function takeStep(act: Act, step: Step, jobs: Jobs): Promise<void> {
  const { event } = act
  if (step === 'verify') return finish(act, 'verify', await verify(act), 'completed')
  if (step === 'restore') return finish(act, 'restore', await restore(act), 'open')
  const { failure, taken } = await effects[event.type](act)
  const isEndless = event.end_date === null && isWaiting(event, 'restore')
  await finish(act, effectStages[event.type], failure, isEndless ? 'snoozed' : 'open', taken)
  if (failure || event.end_date === null) return
  const { id: event_id, end_date: startAfter } = event
  await jobs.send(act.tx, 'carry_out_personnel_event', { event_id }, { key: event_id, startAfter })
}

/** Writes down what became of a stage, and of the event with it. */
async function finish(
  { tx, event, record }: Act,
  stage: StageName,
  failure: Failure,
  next: EventStatus,
  taken?: Taken,
): Promise<void> {
  const status = failure ? 'failed' : next
  await setStage(tx, event, stage, failure ? 'failed' : 'done', system)
  if (failure) await cancelStages(tx, event, system)
  await tx.personnelEvent.update({
    where: { id: event.id },
    data: { status, failure, ...(taken && { taken }) },
  })
  await record({
    action: `personnel_event.${verbOf(stage, status)}`,
    target_type: 'personnel_event',
    target_id: event.id,
    tenant_ids: [event.tenant_id],
    before: { status: event.status },
    after: { status, stage, ...(failure && { failure }) },
  })
}

function verbOf(stage: StageName, status: EventStatus): string {
  if (status === 'failed' || status === 'completed') return status
  return stage === 'restore' ? 'restored' : 'carried_out'
}
