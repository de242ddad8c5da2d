import type { FastifyRequest } from 'fastify'
import { type BuiltInPermission, builtIn } from '../access/permissions.ts'
import { recordEvent, type Transaction } from '../audit/record-event.ts'
import { lockTarget, type Target } from './lock-target.ts'
import { recordOrphans } from './orphans.ts'
import { requireOverUser } from './require-over-account.ts'
import { userOf, withTenants } from './resource.ts'

type Status = Target['status']

/** Sets a user's status, if the caller may and if it is a change, with its event. Answers with the user. */
export async function changeStatus(
  tx: Transaction,
  request: FastifyRequest<{ Params: { id: string } }>,
  action: 'user.deactivated' | 'user.activated',
  permission: BuiltInPermission,
  next: (target: Target) => Promise<Status>,
) {
  const { authority, reach, params } = request
  const target = await lockTarget(tx, params.id, reach)
  const catalogue = await tx.permission.findMany({
    select: { name: true, scope: true },
  })
  requireOverUser(authority, builtIn(permission), target, catalogue)
  const status = await next(target)
  const user = await tx.user.update({
    where: { id: target.id },
    data: { status },
    include: withTenants(reach),
  })
  if (status !== target.status) {
    await recordEvent(tx, request, {
      action,
      target_type: 'user',
      target_id: target.id,
      tenant_ids: target.tenant_ids,
      before: { status: target.status },
      after: { status },
    })
    if (status === 'deactivated') await recordOrphans(tx, request, target.id)
  }
  return userOf(user, target.now)
}
