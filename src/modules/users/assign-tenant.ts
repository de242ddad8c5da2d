import { type Static, Type } from 'typebox'
import type { Authority } from '../../access/authority.ts'
import { changing } from '../../access/changing.ts'
import type { Place } from '../../access/decide.ts'
import { withinReach } from '../../access/declaration.ts'
import { requireHeldAt, requireToGive } from '../../access/held.ts'
import { builtIn, type Permission } from '../../access/permissions.ts'
import { requireInTenant } from '../../access/require.ts'
import { isScopeWord, reaches } from '../../access/scope.ts'
import { lockTarget, type Target } from '../../accounts/lock-target.ts'
import { UserRef, userOf, withTenants } from '../../accounts/resource.ts'
import { scopeRow } from '../../accounts/scope-entry.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { Id, ScopeEntry } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

export const UserTenantParams = Type.Object({ id: Id, tenant_id: ScopeEntry })

/** Puts a tenant, or a word for many, into a user's tenant scope. Done again, it changes nothing. */
export const assignTenant: Operation = (app, { prisma }) => {
  app.put(
    '/users/:id/tenants/:tenant_id',
    {
      config: { access: withinReach('tenants.members'), stepUp: true },
      schema: {
        operationId: 'assignTenant',
        summary: 'Add a tenant to a user’s tenant scope',
        tags: ['users'],
        params: UserTenantParams,
        response: { 200: UserRef },
      },
    },
    async (request) => {
      const { params } = request
      return changing(prisma, request, { users: [params.id] }, async (tx) => {
        const { authority, reach } = request
        const target = await lockTarget(tx, params.id, reach)
        const place = await requireMembersAt(tx, authority, params.tenant_id)
        const catalogue = await tx.permission.findMany({
          select: { name: true, scope: true },
        })
        requireNoEscalation(authority, target, place, catalogue)

        const row = { user_id: target.id, ...scopeRow(params.tenant_id) }
        if ((await tx.tenantScope.count({ where: row })) === 0) {
          await tx.tenantScope.create({ data: row })
          await recordEvent(tx, request, {
            action: 'user.tenant_assigned',
            target_type: 'user',
            target_id: target.id,
            tenant_ids: typeof place === 'string' ? [] : [place.id],
            after: { tenant: params.tenant_id },
          })
        }
        const include = withTenants(reach)
        return userOf(
          await tx.user.findUniqueOrThrow({
            where: { id: target.id },
            include,
          }),
          target.now,
        )
      })
    },
  )
}

/** The place that the path names, if the caller may say who its members are. */
export async function requireMembersAt(
  tx: Transaction,
  authority: Authority,
  entry: Static<typeof ScopeEntry>,
): Promise<Exclude<Place, null>> {
  const wanted = builtIn('tenants.members')
  if (isScopeWord(entry)) {
    requireToGive(authority, wanted, entry)
    return entry
  }
  const tenant = await tx.tenant.findUnique({ where: { id: entry } })
  requireInTenant(authority, wanted, tenant)
  return tenant
}

/** The user's grants come into force in what is assigned, so the caller must hold there what they give. */
function requireNoEscalation(
  authority: Authority,
  target: Target,
  place: Exclude<Place, null>,
  catalogue: readonly Permission[],
): void {
  for (const { tenant, role } of target.grants) {
    if (tenant === null) requireHeldAt(authority, role.permissions, [place], catalogue)
    else if (typeof place === 'string' ? reaches([place], tenant) : place.id === tenant.id) {
      requireHeldAt(authority, role.permissions, [tenant], catalogue)
    }
  }
}
