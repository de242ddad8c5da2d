import type { Authority } from '../../access/authority.ts'
import { type Place, refusingLeg } from '../../access/decide.ts'
import { holdsSomewhere, lacks } from '../../access/held.ts'
import { builtIn, type Permission } from '../../access/permissions.ts'
import { refusal } from '../../access/require.ts'
import { isScopeWord, type TenantFacts } from '../../access/scope.ts'
import { unprocessable } from '../../http/errors.ts'
import { chosenPermissions, chosenTenants } from './chosen.ts'

type Asked = { permissions?: string[]; tenants?: string[] }
type Sets = { permissions: string[]; tenants: string[] }

/**
 * The sets of a token for a service account: within what the account holds, and within what its maker
 * holds, as pairs. A right of the maker in one tenant and a tenant of the account must never meet in a
 * token to something that the maker doesn't have. None asked for: all that both hold.
 */
export function chosenForAccount(
  asked: Asked,
  account: Authority,
  maker: Authority,
  catalogue: readonly Permission[],
  facts: readonly TenantFacts[],
): Sets {
  const wanted = builtIn('service_accounts.tokens')
  const placeOf = (entry: string): Place =>
    isScopeWord(entry) ? entry : (facts.find(({ id }) => id === entry) ?? null)

  const entries = chosenTenants(asked.tenants, account, facts)
  const tenants = asked.tenants
    ? entries
    : entries.filter((entry) => !lacks(maker, wanted, placeOf(entry)))
  const places = tenants.map(placeOf)
  for (const place of places) {
    if (!lacks(maker, wanted, place)) continue
    const leg = refusingLeg(maker, wanted, place) ?? 'tenant_block'
    throw refusal(maker, wanted, place, leg, ofTenants)
  }

  const holds = (permission: Permission): boolean =>
    missingAt(maker, permission, places) === undefined &&
    (permission.scope === 'platform' || places.length > 0)
  if (asked.permissions === undefined) {
    const both = catalogue.filter((one) => holdsSomewhere(account, one) && holds(one))
    if (both.length > 0) return { permissions: both.map(({ name }) => name).sort(), tenants }
    throw unprocessable('permissions', 'cannot be left out: there are none that both of you hold')
  }
  const permissions = chosenPermissions(asked.permissions, account, catalogue)
  if (asked.tenants === undefined && tenants.length === 0 && account.scope.length > 0) {
    requireNoTenant(permissions, catalogue)
  }
  for (const permission of catalogue.filter(({ name }) => permissions.includes(name))) {
    const place = missingAt(maker, permission, places)
    if (place === undefined) continue
    const errors = [{ field: 'permissions', message: `you do not hold ${permission.name} there` }]
    throw refusal(maker, permission, place, 'owner_permission', errors)
  }
  return { permissions, tenants }
}

/** The account reaches more than its maker has a say over, by a word: what is meant has to be said. */
function requireNoTenant(names: readonly string[], catalogue: readonly Permission[]): void {
  const inTenants = catalogue.filter(({ scope }) => scope === 'tenant')
  if (!inTenants.some(({ name }) => names.includes(name))) return
  throw unprocessable(
    'tenants',
    'cannot be left out: name those of the account where you make tokens',
  )
}

const ofTenants = [{ field: 'tenants', message: 'must be where you may make tokens for accounts' }]

/** The first place where the maker doesn't hold it; undefined where there is none. */
function missingAt(
  maker: Authority,
  permission: Permission,
  places: readonly Place[],
): Place | undefined {
  const asked = permission.scope === 'platform' ? [null] : places
  return asked.find((place) => lacks(maker, permission, place))
}
