import type { FastifyRequest } from 'fastify'
import { type BuiltInPermission, builtIn } from '../../access/permissions.ts'
import { lockTarget, type Target } from '../../accounts/lock-target.ts'
import { requireOverUser } from '../../accounts/require-over-account.ts'
import type { Transaction } from '../../audit/record-event.ts'

/** Locks a user whose credentials the caller may end: whoever holds the permission over all of the account. */
export async function lockOverUser(
  tx: Transaction,
  { authority, reach }: FastifyRequest,
  id: string,
  permission: BuiltInPermission,
): Promise<Target> {
  const target = await lockTarget(tx, id, reach)
  const catalogue = await tx.permission.findMany({ select: { name: true, scope: true } })
  requireOverUser(authority, builtIn(permission), target, catalogue)
  return target
}
