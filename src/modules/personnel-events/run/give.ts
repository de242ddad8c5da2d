import type { Act } from './act.ts'

/** Puts the tenant into the user's tenant scope. */
export async function giveScope({ tx, event, record }: Act, user_id: string): Promise<void> {
  const { tenant_id } = event
  await tx.tenantScope.create({ data: { user_id, tenant_id } })
  await record({
    action: 'user.tenant_assigned',
    target_type: 'user',
    target_id: user_id,
    tenant_ids: [tenant_id],
    after: { tenant: tenant_id },
  })
}

/** Gives the user a role in the tenant of the event. Answers the id of the grant. */
export async function giveGrant(
  { tx, event, actor_id, record }: Act,
  user_id: string,
  role: { id: string; name: string },
): Promise<string> {
  const { tenant_id } = event
  const { id } = await tx.grant.create({
    data: { user_id, role_id: role.id, tenant_id, created_by: actor_id },
  })
  await record({
    action: 'grant.created',
    target_type: 'user',
    target_id: user_id,
    tenant_ids: [tenant_id],
    after: { grant_id: id, role_id: role.id, role: role.name, tenant_id },
  })
  return id
}
