import type { Authority } from '../../access/authority.ts'
import { requireHeldAt } from '../../access/held.ts'
import type { TenantFacts } from '../../access/scope.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { unprocessable } from '../../http/errors.ts'

/** Throws 422 where one of these ids names no role. To be called within `once`: a role may be deleted later. */
export async function requireRoles(tx: Transaction, ids: string[], field: string): Promise<void> {
  const roles = await tx.role.findMany({ where: { id: { in: ids } }, select: { id: true } })
  const found = new Set(roles.map(({ id }) => id))
  const missing = ids.findIndex((id) => !found.has(id))
  if (missing !== -1) throw unprocessable(field, `item ${missing + 1} names no role`)
}

/** Throws 403 unless every permission of these roles, where they exist, is held in the tenant by who is to give them. */
export async function requireRolesHeld(
  tx: Transaction,
  authority: Authority,
  ids: string[],
  tenant: TenantFacts,
): Promise<void> {
  const roles = await tx.role.findMany({ where: { id: { in: ids } } })
  const catalogue = await tx.permission.findMany({ select: { name: true, scope: true } })
  const patterns = roles.flatMap(({ permissions }) => permissions)
  requireHeldAt(authority, patterns, [tenant], catalogue)
}
