import { nothingTaken, planOf, type Taken } from '../plan.ts'
import type { Act, Failure } from './act.ts'
import { giveGrant, giveScope } from './give.ts'
import { whyNotBroughtIn } from './known-user.ts'
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

/** What is asked of the user comes first: of one who isn't the reporter's to bring in, no grant is looked at. */
async function whyNot(act: Act, roles: Role[]): Promise<Failure> {
  const { user } = planOf(act.event)
  if (roles.length < (user?.role_ids.length ?? 0)) return 'One of the roles has been deleted'
  const woken = await wokenBy(act)
  if (typeof woken === 'string') return woken
  const failure = await whyNotGiven(act, roles)
  if (failure || woken.length === 0) return failure
  return (await whyNotGiven(act, woken)) && wakesMore
}

/** Names no permission: the tenant may not know what somebody who is elsewhere holds. */
const wakesMore =
  'By grants that they have already the user would come to hold more here than the reporter does'

/** The roles that come into force with the tenant; or why the user may not be brought in at all. */
async function wokenBy(act: Act): Promise<Pick<Role, 'permissions'>[] | string> {
  const { tx, event, user_id } = act
  if (user_id === null) return []
  const { isReached, here, everywhere } = await standingOf(tx, user_id, event.tenant)
  if (isReached) return []
  const failure = await whyNotBroughtIn(act, user_id)
  return failure ?? [...here, ...everywhere].map(({ role }) => role)
}

async function bringIn(
  act: Act,
  roles: Role[],
  { email, first_name, last_name }: { email: string | null; first_name: string; last_name: string },
): Promise<Taken> {
  const { tx, event } = act
  // By characters: half of one is no text.
  const name = [...`${first_name} ${last_name}`].slice(0, 100).join('').trim()
  const user_id = act.user_id ?? (await invite(act, { email, name }))
  const standing = await standingOf(tx, user_id, event.tenant)
  if (!standing.isReached) await giveScope(act, user_id)
  const held = standing.here.map(({ role }) => role.id)
  const added = []
  for (const role of roles.filter(({ id }) => !held.includes(id))) {
    added.push({ role_id: role.id, grant_id: await giveGrant(act, user_id, role) })
  }
  return { ...nothingTaken, user_id, scope_entry: !standing.isReached, added }
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
