import type { Authority } from '../access/authority.ts'
import { requireHeldAt } from '../access/held.ts'
import { type BuiltInPermission, builtIn } from '../access/permissions.ts'
import type { Transaction } from '../audit/record-event.ts'
import type { Account } from './lock-target.ts'
import { requireOverUser } from './require-over-account.ts'

/**
 * For what decides by what somebody signs in: whoever makes them a link, or takes what stands between a password that
 * they know and the account, can become that person. It shows nobody a way to more than they hold.
 */
export async function requireAllOf(
  tx: Transaction,
  authority: Authority,
  permission: BuiltInPermission,
  target: Account,
): Promise<void> {
  const catalogue = await tx.permission.findMany({ select: { name: true, scope: true } })
  requireOverUser(authority, builtIn(permission), target, catalogue)
  for (const { tenant, role } of target.grants) {
    const places = tenant === null ? target.places : [tenant]
    requireHeldAt(authority, role.permissions, places, catalogue)
  }
}
