import { nothingTaken, planOf, type Taken } from '../plan.ts'
import type { Act, Failure } from './act.ts'
import { giveGrant, giveScope } from './give.ts'
import { whyNotGiven } from './reporter.ts'
import { standingOf } from './standing.ts'

type Role = { id: string; name: string; permissions: string[] }

/** Somebody joins: makes the identity, and where it is wanted the user with these roles in the tenant. */
export async function provision(act: Act): Promise<{ failure: Failure; taken: Taken }> {
  const { tx, event } = act
  const { identity, user } = planOf(event)
  if (!identity) throw new Error(`Personnel event ${event.number} has nobody to put on the books`)
  const roles = await tx.role.findMany({ where: { id: { in: user?.role_ids ?? [] } } })
  const failure = (await clash(act, identity.email)) ?? (user && (await whyNot(act, roles)))
  if (failure) return { failure, taken: nothingTaken }

  const made = await tx.identity.create({ data: { ...identity, tenant_id: event.tenant_id } })
  await tx.personnelEvent.update({ where: { id: event.id }, data: { identity_id: made.id } })
  await act.record({
    action: 'identity.created',
    target_type: 'identity',
    target_id: made.id,
    tenant_ids: [event.tenant_id],
    after: identity,
  })
  if (!user) return { failure: null, taken: nothingTaken }
  return { failure: null, taken: await bringIn(act, roles, made) }
}

async function clash({ tx, event }: Act, email: string | null): Promise<Failure> {
  if (email === null) return null
  const where = { tenant_id: event.tenant_id, email, status: { not: 'removed' as const } }
  if ((await tx.identity.count({ where })) === 0) return null
  return `${email} is the address of somebody who is on the books of this tenant`
}

/** The user's other grants come into force with the tenant, so that the reporter must hold those, too. */
async function whyNot(act: Act, roles: Role[]): Promise<Failure> {
  const { tx, event, user_id } = act
  const { user } = planOf(event)
  if (roles.length < (user?.role_ids.length ?? 0)) return 'One of the roles has been deleted'
  if (user_id === null) return whyNotGiven(act, roles)
  const standing = await standingOf(tx, user_id, event.tenant)
  const woken = standing.isReached ? [] : [...standing.here, ...standing.everywhere]
  return whyNotGiven(act, [...roles, ...woken.map(({ role }) => role)])
}

async function bringIn(
  act: Act,
  roles: Role[],
  { email, first_name, last_name }: { email: string | null; first_name: string; last_name: string },
): Promise<Taken> {
  const { tx, event } = act
  const name = `${first_name} ${last_name}`.slice(0, 100).trim()
  const user_id = act.user_id ?? (await invite(act, { email, name }))
  const standing = await standingOf(tx, user_id, event.tenant)
  if (!standing.isReached) await giveScope(act, user_id)
  const held = standing.here.map(({ role }) => role.id)
  const added = []
  for (const role of roles.filter(({ id }) => !held.includes(id))) {
    added.push({ role_id: role.id, grant_id: await giveGrant(act, user_id, role) })
  }
  return { ...nothingTaken, user_id, added }
}

/** Without a link: nobody is here to be shown one. The invitation's mail has its own, or an administrator asks for one. */
async function invite(
  { tx, event, record }: Act,
  person: { email: string | null; name: string },
): Promise<string> {
  const { id } = await tx.user.create({ data: { ...person, status: 'invited' } })
  await record({
    action: 'user.invited',
    target_type: 'user',
    target_id: id,
    tenant_ids: [event.tenant_id],
    after: { ...person, tenants: [] },
  })
  return id
}
