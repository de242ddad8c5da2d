import type { Authority } from '../access/authority.ts'
import { refusingLeg } from '../access/decide.ts'
import { lacks } from '../access/held.ts'
import { coveredBySome, type Permission } from '../access/permissions.ts'
import { refusal } from '../access/require.ts'
import type { Target } from './lock-target.ts'

/**
 * What changes a whole account touches every tenant that it reaches, so the permission must be held in
 * each of them; over someone with platform permissions only who holds these has a say. So a tenant's
 * administrator ends no platform administrator.
 */
export function requireOverUser(
  authority: Authority,
  wanted: Permission,
  target: Pick<Target, 'places' | 'grants'>,
  catalogue: readonly Permission[],
): void {
  const places = target.places.length > 0 ? target.places : (['any'] as const)
  for (const place of places) {
    if (!lacks(authority, wanted, place)) continue
    throw refusal(authority, wanted, place, refusingLeg(authority, wanted, place) ?? 'tenant_block')
  }
  const patterns = target.grants
    .filter(({ tenant }) => tenant === null)
    .flatMap(({ role }) => role.permissions)
  for (const permission of catalogue) {
    if (permission.scope !== 'platform' || !coveredBySome(patterns, permission.name)) continue
    if (!lacks(authority, permission, null)) continue
    throw refusal(authority, permission, null, 'owner_permission')
  }
}
