import type { FastifyRequest } from 'fastify'
import { type BuiltInPermission, builtIn } from '../access/permissions.ts'
import { recordEvent, type Transaction } from '../audit/record-event.ts'
import { refuseLastAdministrator } from './last-administrator.ts'
import type { Target } from './lock-target.ts'
import { recordOrphans } from './orphans.ts'
import { requireOverUser } from './require-over-account.ts'

/**
 * Deletes an account: it stays as a tombstone, whose id and e-mail address in history never mean anyone
 * else, and its tokens and sessions end for good.
 */
export async function deleteAccount(
  tx: Transaction,
  request: FastifyRequest,
  target: Target,
  permission: BuiltInPermission,
): Promise<void> {
  const { authority } = request
  const catalogue = await tx.permission.findMany({ select: { name: true, scope: true } })
  requireOverUser(authority, builtIn(permission), target, catalogue)
  await refuseLastAdministrator(tx, target.id, 'role')

  const end = { revoked_at: target.now, revoked_by: authority.owner.id }
  const live = { owner_id: target.id, revoked_at: null }
  const { count: tokens } = await tx.token.updateMany({
    where: live,
    data: { ...end, revoked_reason: 'its owner was deleted' },
  })
  await tx.session.updateMany({
    where: { user_id: target.id, ended_at: null },
    data: { ended_at: target.now, ended_reason: 'user_deleted' },
  })
  await tx.grant.deleteMany({ where: { user_id: target.id } })
  await tx.user.update({
    where: { id: target.id },
    data: { deleted_at: target.now, status: 'deactivated', password_hash: null },
  })
  await recordEvent(tx, request, {
    action: 'user.deleted',
    target_type: 'user',
    target_id: target.id,
    tenant_ids: target.tenant_ids,
    before: {
      status: target.status,
      grants: target.grants.map(({ role, tenant }) => ({
        role: role.name,
        tenant_id: tenant?.id ?? null,
      })),
    },
    after: { tokens_revoked: tokens },
  })
  await recordOrphans(tx, request, target.id)
}
