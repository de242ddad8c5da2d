import { coveredBySome } from '../../../access/permissions.ts'
import { type HeldRole, type Taken, takenOf } from '../plan.ts'
import type { Act, Failure } from './act.ts'
import { giveGrant, giveScope } from './give.ts'
import { setIdentityStatus } from './identity-status.ts'
import { type Standing, standingOf } from './standing.ts'
import { takeGrant } from './take.ts'

/**
 * Turns back what an event did: takes the grants that it made, and gives back what it took, unless that
 * would be more by now, or somebody has settled it otherwise since. It gives nobody anything new, so
 * nobody needs to hold it. Answers what could not be given back.
 */
export async function restore(act: Act): Promise<Failure> {
  const { tx, event } = act
  const taken = takenOf(event)
  if (event.type === 'leave_of_absence') await setIdentityStatus(act, 'active')
  const { user_id } = taken
  if (
    user_id === null ||
    (await tx.user.count({ where: { id: user_id, deleted_at: null } })) === 0
  ) {
    return null
  }
  const standing = await standingOf(tx, user_id, event.tenant)
  if (taken.scope_entry) return restoreScope(act, user_id, taken, standing)
  for (const { grant_id } of taken.added) {
    const grant = standing.here.find(({ id }) => id === grant_id)
    if (grant) await takeGrant(act, user_id, grant)
  }
  return restoreGrants(act, user_id, taken, standing)
}

async function restoreScope(
  act: Act,
  user_id: string,
  { roles }: Taken,
  { isReached, here, everywhere }: Standing,
): Promise<Failure> {
  if (isReached) return null
  const wider = [...here, ...everywhere].filter(({ role }) => isWider(role, roles))
  if (wider.length > 0) {
    const names = wider.map(({ role }) => role.name).join(', ')
    return `Not given back: the user would hold more here than before, by ${names}`
  }
  await giveScope(act, user_id)
  return null
}

async function restoreGrants(
  act: Act,
  user_id: string,
  taken: Taken,
  { isReached, here }: Standing,
): Promise<Failure> {
  const missing = taken.roles.filter(({ role_id }) => !here.some(({ role }) => role.id === role_id))
  const lost: string[] = []
  for (const { role_id } of missing) {
    const role = await act.tx.role.findUnique({ where: { id: role_id } })
    if (!role) lost.push('a role that was deleted')
    else if (!isReached) lost.push(`${role.name}, as the user is not in the tenant any more`)
    else if (isWider(role, taken.roles)) lost.push(`${role.name}, which gives more than before`)
    else await giveGrant(act, user_id, role)
  }
  return lost.length === 0 ? null : `Not given back: ${lost.join('; ')}`
}

type Role = { id: string; permissions: string[]; built_in: boolean }

/** Does this role give more than what was held? One that is built in grows with the catalogue for everybody. */
function isWider({ id, permissions, built_in }: Role, held: HeldRole[]): boolean {
  if (built_in && held.some(({ role_id }) => role_id === id)) return false
  const patterns = held.flatMap((role) => role.permissions)
  return permissions.some((permission) => !coveredBySome(patterns, permission))
}
