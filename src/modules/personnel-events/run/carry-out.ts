import { lockForWork } from '../../../access/changing.ts'
import { begunBy } from '../../../audit/begun-by.ts'
import type { Transaction } from '../../../audit/record-event.ts'
import { recordWork } from '../../../audit/record-work.ts'
import type { WorkTools } from '../../../operation.ts'
import { lockEvent, userConcerned, withAll } from '../lock-event.ts'
import { takenOf } from '../plan.ts'
import type { Act } from './act.ts'
import { nextStep } from './next-step.ts'
import { reporterOf } from './reporter.ts'
import { takeStep } from './take-step.ts'

type Tools = Pick<WorkTools, 'prisma' | 'jobs'>

/**
 * Moves an event on as far as it may be today, each step in a transaction of its own. What there is to do
 * is seen in its row, under a lock: run twice, or by two processes at once, every step is done once.
 */
export async function carryOut(tools: Tools, event_id: string): Promise<void> {
  let isMoving = true
  while (isMoving) {
    isMoving = await tools.prisma.$transaction((tx) => moveOn(tx, tools, event_id))
  }
}

async function moveOn(tx: Transaction, { jobs }: Tools, id: string): Promise<boolean> {
  const found = await tx.personnelEvent.findUnique({ where: { id }, include: withAll })
  if (!found) return false
  const user_id = await concernedBy(tx, found)
  await lockForWork(tx, user_id === null ? [] : [user_id], reporterOf(found))
  const event = await lockEvent(tx, id)
  const step = event && (await nextStep(tx, event))
  if (!event || !step) return false
  // Somebody came to have the address meanwhile, and is not locked: once more.
  if ((await concernedBy(tx, event)) !== user_id) return true
  await takeStep(await actOf(tx, event, user_id), step, jobs)
  return true
}

const concernedBy = async (tx: Transaction, event: Act['event']) =>
  takenOf(event).user_id ?? (await userConcerned(tx, event))

/** In the name of the reporter: nobody's request is under way. */
async function actOf(tx: Transaction, event: Act['event'], user_id: string | null): Promise<Act> {
  const { id, reporter_id: actor_id, reporter_name: name, reporter_credential_id } = event
  const begun = { id, name, user_id: actor_id, credential_id: reporter_credential_id }
  const by = await begunBy(tx, begun)
  return { tx, event, user_id, actor_id, record: (audited) => recordWork(tx, by, audited) }
}
