import { planOf, rolesGiven, takenOf } from '../plan.ts'
import type { Act, Failure } from './act.ts'
import { type Standing, standingOf } from './standing.ts'

/** Reads back whether what the event wanted is so, when all of it has been done and committed. */
export async function verify({ tx, event, user_id }: Act): Promise<Failure> {
  const wanted = { onboard: 'active', offboard: 'removed' } as const
  const status = event.type in wanted ? wanted[event.type as keyof typeof wanted] : 'active'
  if (event.identity?.status !== status) {
    return `The identity is ${event.identity?.status ?? 'missing'} and not ${status}`
  }
  const concerned = takenOf(event).user_id ?? user_id
  const where = { id: concerned ?? '', deleted_at: null }
  if (concerned === null || (await tx.user.count({ where })) === 0) return null
  const standing = await standingOf(tx, concerned, event.tenant)
  switch (event.type) {
    case 'onboard':
      return planOf(event).user && isHeld(standing, rolesGiven(planOf(event)))
    case 'offboard':
      return isGone(standing)
    case 'role_transition':
      return event.end_date ? isTurnedBack(standing, event) : isSwapped(standing, event)
    case 'leave_of_absence': {
      const isBack = standing.isReached || !takenOf(event).scope_entry
      return isBack ? null : 'The tenant is not in the user’s tenant scope'
    }
  }
}

function isHeld({ isReached, here }: Standing, roleIds: string[]): Failure {
  if (!isReached) return 'The tenant is not in the user’s tenant scope'
  const isMissing = roleIds.some((id) => !here.some(({ role }) => role.id === id))
  return isMissing ? 'The user does not hold all of the roles' : null
}

function isGone({ isReached, here }: Standing): Failure {
  if (isReached) return 'The tenant is still in the user’s tenant scope'
  return here.length > 0 ? 'The user still holds a role in the tenant' : null
}

type Event = Act['event']

/** What somebody who is not in the tenant holds in all of theirs has no effect here, and is not looked at. */
function isSwapped({ isReached, here, everywhere }: Standing, event: Event): Failure {
  if (!isReached) return null
  const { add_role_ids, remove_role_ids } = planOf(event)
  const held = [...here, ...everywhere].map(({ role }) => role.id)
  const isRight =
    add_role_ids.every((id) => held.includes(id)) &&
    !remove_role_ids.some((id) => held.includes(id))
  return isRight ? null : 'The user’s roles in the tenant are others than wanted'
}

function isTurnedBack({ here }: Standing, event: Event): Failure {
  const { added, roles } = takenOf(event)
  const isRight =
    !added.some(({ grant_id }) => here.some(({ id }) => id === grant_id)) &&
    roles.every(({ role_id }) => here.some(({ role }) => role.id === role_id))
  return isRight ? null : 'The user’s roles in the tenant are others than before'
}
