import { unfinished } from '../event-fields.ts'
import { nothingTaken, type Taken } from '../plan.ts'
import { cancelStages, system } from '../stages.ts'
import type { Act, Failure } from './act.ts'
import { setIdentityStatus } from './identity-status.ts'
import { type Standing, standingOf } from './standing.ts'
import { takeGrant, takeScope } from './take.ts'

/**
 * Somebody leaves: takes what their user has in this tenant, for good. It needs nothing of the reporter's
 * present authority: it gives nothing. The last administrator's grant lies in no tenant and is not touched.
 */
export async function deprovision(act: Act): Promise<{ failure: Failure; taken: Taken }> {
  const { tx, event, user_id } = act
  await endOthers(act)
  if (user_id === null) {
    await setIdentityStatus(act, 'removed')
    return { failure: null, taken: nothingTaken }
  }
  const standing = await standingOf(tx, user_id, event.tenant)
  if (standing.isListed) await takeScope(act, user_id)
  for (const grant of standing.here) await takeGrant(act, user_id, grant)
  const failure = whyStillReached(standing)
  // They stay, and a leave of theirs has been ended: nothing else would bring them back on the books.
  await setIdentityStatus(act, failure ? 'active' : 'removed')
  return { failure, taken: { ...nothingTaken, user_id, scope_entry: standing.isListed } }
}

/** What is about somebody who has left has nothing more to do, and must give nothing back. */
async function endOthers({ tx, event, record }: Act): Promise<void> {
  const others = await tx.personnelEvent.findMany({
    where: { identity_id: event.identity_id, id: { not: event.id }, status: { in: unfinished } },
    orderBy: { id: 'asc' },
  })
  for (const { id, status } of others) {
    // An onboarding holds no lock of an identity that it has only just made: it may end while this waits.
    const where = { id, status }
    const { count } = await tx.personnelEvent.updateMany({ where, data: { status: 'canceled' } })
    if (count === 0) continue
    await cancelStages(tx, { id }, system)
    await record({
      action: 'personnel_event.canceled',
      target_type: 'personnel_event',
      target_id: id,
      tenant_ids: [event.tenant_id],
      before: { status },
      after: { status: 'canceled', ended_by: event.id },
    })
  }
}

/** A word stands for more tenants than this one, and is not this tenant's to take. */
export function whyStillReached({ words }: Pick<Standing, 'words'>): Failure {
  if (words.length === 0) return null
  return (
    `The user still reaches this tenant by ${words.join(' and ')}, which stands for other tenants too: ` +
    'take that from the tenant scope, and report this again'
  )
}
