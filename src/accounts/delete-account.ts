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

  const tokens = await endAllOpen(tx, target, authority.owner.id)
  await tx.grant.deleteMany({ where: { user_id: target.id } })
  await tx.calendarFeed.deleteMany({ where: { user_id: target.id } })
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

/** Ends the tokens and sessions of a user, and what they have asked for. Answers how many tokens it ended. */
async function endAllOpen(tx: Transaction, { id, now }: Target, by: string): Promise<number> {
  const { count } = await tx.token.updateMany({
    where: { owner_id: id, revoked_at: null },
    data: { revoked_at: now, revoked_by: by, revoked_reason: 'its owner was deleted' },
  })
  await tx.session.updateMany({
    where: { user_id: id, ended_at: null },
    data: { ended_at: now, ended_reason: 'user_deleted' },
  })
  const denied = { status: 'denied', decision_reason: 'who asked was deleted' } as const
  await tx.tokenLimitRequest.updateMany({
    where: { user_id: id, status: 'pending' },
    data: { ...denied, decided_at: now, decided_by: by },
  })
  return count
}
