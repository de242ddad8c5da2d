import { nothingTaken, type Taken } from '../plan.ts'
import type { Act, Failure } from './act.ts'
import { whyStillReached } from './deprovision.ts'
import { setIdentityStatus } from './identity-status.ts'
import { standingOf } from './standing.ts'
import { takeScope } from './take.ts'

/** Somebody is away: takes the tenant out of their user's scope. The grants stay, without effect. */
export async function suspend(act: Act): Promise<{ failure: Failure; taken: Taken }> {
  const { tx, event, user_id } = act
  const standing = user_id === null ? null : await standingOf(tx, user_id, event.tenant)
  const failure = standing && whyStillReached(standing)
  if (failure) return { failure, taken: nothingTaken }
  await setIdentityStatus(act, 'disabled')
  if (user_id === null || !standing?.isListed) return { failure: null, taken: nothingTaken }
  await takeScope(act, user_id)
  const roles = [...standing.here, ...standing.everywhere].map(({ role }) => ({
    role_id: role.id,
    permissions: role.permissions,
  }))
  return { failure: null, taken: { ...nothingTaken, user_id, scope_entry: true, roles } }
}
