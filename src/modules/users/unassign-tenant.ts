import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { refuseLastAdministrator } from '../../accounts/last-administrator.ts'
import { lockTarget } from '../../accounts/lock-target.ts'
import { scopeRow } from '../../accounts/scope-entry.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { notFound } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Query } from '../../http/pagination.ts'
import { impactOf } from '../../impact/impact.ts'
import type { LiveToken } from '../../impact/live-tokens.ts'
import { dryRunField, ImpactRef } from '../../impact/resource.ts'
import type { Operation } from '../../operation.ts'
import { requireMembersAt, UserTenantParams } from './assign-tenant.ts'

/** Takes a tenant out of a user's tenant scope: all of the user's tokens lose it, here and now. */
export const unassignTenant: Operation = (app, { prisma }) => {
  app.delete(
    '/users/:id/tenants/:tenant_id',
    {
      config: { access: withinReach('tenants.members') },
      schema: {
        operationId: 'unassignTenant',
        summary: 'Remove a tenant from a user’s tenant scope',
        tags: ['users'],
        params: UserTenantParams,
        querystring: Query(dryRunField),
        response: {
          200: ImpactRef,
          204: Type.Null({ description: 'Removed' }),
          ...errorAnswers(409),
        },
      },
    },
    async (request, reply) => {
      const { params, query } = request
      const change = async (tx: Transaction) => {
        const { authority, reach } = request
        const target = await lockTarget(tx, params.id, reach)
        const place = await requireMembersAt(tx, authority, params.tenant_id)
        if (place === 'any') await refuseLastAdministrator(tx, target.id, 'every_tenant')
        const row = { user_id: target.id, ...scopeRow(params.tenant_id) }
        const { count } = await tx.tenantScope.deleteMany({ where: row })
        if (count === 0) throw notFound()
        await recordEvent(tx, request, {
          action: 'user.tenant_unassigned',
          target_type: 'user',
          target_id: target.id,
          tenant_ids: typeof place === 'string' ? [] : [place.id],
          before: { tenant: params.tenant_id },
        })
      }
      if (query.dry_run) return reply.send(await impactOf(prisma, request, change, without(params)))
      await changing(prisma, request, { users: [params.id] }, change)
      return reply.code(204).send(null)
    },
  )
}

/** The user's tokens, as they are without the entry. */
const without = ({ id, tenant_id: entry }: { id: string; tenant_id: string }) => ({
  touched: { users: [id] },
  where: { owner_id: id },
  after: ({ owner, ...token }: LiveToken) => ({
    ...token,
    owner: {
      ...owner,
      tenants: owner.tenants.filter(({ tenant_id, word }) => (tenant_id ?? word) !== entry),
    },
  }),
})
