import { databaseNow } from '../../../db/now.ts'
import type { Act } from './act.ts'

const actions = { active: 'activated', disabled: 'disabled', removed: 'removed' } as const

/** Moves the identity of the event to a status, with its audit event; to the one that it has is no change. */
export async function setIdentityStatus(
  { tx, event, record }: Act,
  status: keyof typeof actions,
): Promise<void> {
  const { identity, tenant_id } = event
  if (!identity || identity.status === status) return
  const inactivated_at = status === 'active' ? null : await databaseNow(tx)
  await tx.identity.update({ where: { id: identity.id }, data: { status, inactivated_at } })
  await record({
    action: `identity.${actions[status]}`,
    target_type: 'identity',
    target_id: identity.id,
    tenant_ids: [tenant_id],
    before: { status: identity.status },
    after: { status },
  })
}
