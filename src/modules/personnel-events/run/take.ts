import type { Act } from './act.ts'
import type { Standing } from './standing.ts'

/** Takes the tenant out of the user's tenant scope. */
export async function takeScope({ tx, event, record }: Act, user_id: string): Promise<void> {
  const { tenant_id } = event
  await tx.tenantScope.deleteMany({ where: { user_id, tenant_id } })
  await record({
    action: 'user.tenant_unassigned',
    target_type: 'user',
    target_id: user_id,
    tenant_ids: [tenant_id],
    before: { tenant: tenant_id },
  })
}

export async function takeGrant(
  { tx, event, record }: Act,
  user_id: string,
  { id, role }: Standing['here'][number],
): Promise<void> {
  const { tenant_id } = event
  await tx.grant.delete({ where: { id } })
  await record({
    action: 'grant.deleted',
    target_type: 'user',
    target_id: user_id,
    tenant_ids: [tenant_id],
    before: { grant_id: id, role_id: role.id, role: role.name, tenant_id },
  })
}
