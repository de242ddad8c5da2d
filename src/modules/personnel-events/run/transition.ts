import { nothingTaken, planOf, type Taken } from '../plan.ts'
import type { Act, Failure } from './act.ts'
import { giveGrant } from './give.ts'
import { whyNotGiven } from './reporter.ts'
import { type Standing, standingOf } from './standing.ts'
import { takeGrant } from './take.ts'

type Role = { id: string; name: string; permissions: string[] }

/** Somebody moves: swaps the roles of their user in this tenant, all of them or none. */
export async function transition(act: Act): Promise<{ failure: Failure; taken: Taken }> {
  const { tx, event, user_id } = act
  const { add_role_ids, remove_role_ids } = planOf(event)
  const roles = await tx.role.findMany({ where: { id: { in: add_role_ids } } })
  const standing = user_id === null ? null : await standingOf(tx, user_id, event.tenant)
  const isMissing = roles.length < add_role_ids.length
  const failure =
    (isMissing ? 'One of the roles to add has been deleted' : null) ??
    whyNotSwapped(standing, add_role_ids, remove_role_ids) ??
    (add_role_ids.length > 0 ? await whyNotGiven(act, roles) : null)
  if (failure || user_id === null || standing === null) return { failure, taken: nothingTaken }
  return { failure: null, taken: await swap(act, user_id, standing, roles) }
}

function whyNotSwapped(standing: Standing | null, added: string[], removed: string[]): Failure {
  if (!standing?.isReached) {
    return added.length > 0 ? 'There is no user of this identity in the tenant' : null
  }
  const kept = standing.everywhere.filter(({ role }) => removed.includes(role.id))
  if (kept.length === 0) return null
  const names = kept.map(({ role }) => role.name).join(', ')
  return `The user holds ${names} in every tenant, which can’t be taken in this one alone`
}

async function swap(act: Act, user_id: string, { here }: Standing, roles: Role[]): Promise<Taken> {
  const { remove_role_ids } = planOf(act.event)
  const taken: Taken = { ...nothingTaken, user_id, added: [], roles: [] }
  for (const grant of here.filter(({ role }) => remove_role_ids.includes(role.id))) {
    await takeGrant(act, user_id, grant)
    taken.roles.push({ role_id: grant.role.id, permissions: grant.role.permissions })
  }
  for (const role of roles.filter(({ id }) => !here.some((grant) => grant.role.id === id))) {
    taken.added.push({ role_id: role.id, grant_id: await giveGrant(act, user_id, role) })
  }
  return taken
}
