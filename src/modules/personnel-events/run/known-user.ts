import { beginnerNow } from '../../../access/changing.ts'
import { builtIn } from '../../../access/permissions.ts'
import { reachOf } from '../../../access/reach.ts'
import { usersWithin } from '../../../db/reach-filters.ts'
import type { Act, Failure } from './act.ts'
import { reporterOf } from './reporter.ts'

/** The same whatever the user has and wherever they are: who may not bring them in learns nothing of them. */
const notTheirs =
  'The e-mail address is that of a user outside this tenant, whom the reporter may not bring in: ' +
  'have them added to the tenant by who may, and report this again'

/**
 * Why a user who isn't in the tenant may not be brought in; null where they may. An address proves nothing:
 * whoever made its user may know the password, and whoever is over them loses that where another tenant is
 * added. So they must have been in this tenant by an earlier event of it, or be the reporter's to assign.
 */
export async function whyNotBroughtIn(act: Act, user_id: string): Promise<Failure> {
  return (await wasHere(act, user_id)) || (await isWithinReach(act, user_id)) ? null : notTheirs
}

async function wasHere({ tx, event: { tenant_id } }: Act, user_id: string): Promise<boolean> {
  const isTheirs = { taken: { path: ['user_id'], equals: user_id } }
  const hadEntry = { taken: { path: ['scope_entry'], equals: true } }
  return (await tx.personnelEvent.count({ where: { tenant_id, AND: [isTheirs, hadEntry] } })) > 0
}

/** As `PUT /users/{id}/tenants/{tenant_id}` finds whom it assigns. In no tenant: only who reaches all. */
async function isWithinReach({ tx, event }: Act, id: string): Promise<boolean> {
  const authority = await beginnerNow(tx, reporterOf(event))
  if (!authority) return false
  const reach = reachOf(authority, builtIn('tenants.members'))
  return (await tx.user.count({ where: { AND: [{ id }, usersWithin(reach)] } })) > 0
}
