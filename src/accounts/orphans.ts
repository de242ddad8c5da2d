import type { FastifyRequest } from 'fastify'
import { recordEvent, type Transaction } from '../audit/record-event.ts'

/**
 * Says in the audit log which service accounts nobody answers for any more, now that this person is gone.
 * Lists flag them by looking (`is_orphaned`); the event says since when and why.
 */
export async function recordOrphans(
  tx: Transaction,
  request: FastifyRequest,
  userId: string,
): Promise<void> {
  const orphans = await tx.user.findMany({
    where: {
      deleted_at: null,
      accountable_people: {
        some: { user_id: userId },
        none: { user: { status: 'active', deleted_at: null } },
      },
    },
    select: { id: true, name: true, tenants: { select: { tenant_id: true } } },
  })
  for (const { id, name, tenants } of orphans) {
    await recordEvent(tx, request, {
      action: 'service_account.orphaned',
      target_type: 'user',
      target_id: id,
      tenant_ids: tenants.flatMap(({ tenant_id }) => tenant_id ?? []),
      after: { name, last_accountable_user_id: userId },
    })
  }
}
