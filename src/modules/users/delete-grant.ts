import { Type } from 'typebox'
import { adminRole } from '../../access/catalogue.ts'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { mayKnow } from '../../access/require.ts'
import { refuseLastAdministrator } from '../../accounts/last-administrator.ts'
import { lockTarget } from '../../accounts/lock-target.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { notFound } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Query } from '../../http/pagination.ts'
import { Id } from '../../http/schemas.ts'
import { impactOf } from '../../impact/impact.ts'
import type { LiveToken } from '../../impact/live-tokens.ts'
import { dryRunField, ImpactRef } from '../../impact/resource.ts'
import type { Operation } from '../../operation.ts'
import { requireGiveable } from './require-giveable.ts'

/** Takes a role from a user: all of the user's tokens lose what only it gave, here and now. */
export const deleteGrant: Operation = (app, { prisma }) => {
  app.delete(
    '/users/:id/grants/:grant_id',
    {
      config: { access: withinReach('users.grants'), stepUp: true },
      schema: {
        operationId: 'deleteGrant',
        summary: 'Take a role from a user',
        tags: ['users'],
        params: Type.Object({ id: Id, grant_id: Id }),
        querystring: Query(dryRunField),
        response: {
          200: ImpactRef,
          204: Type.Null({ description: 'Taken' }),
          ...errorAnswers(409),
        },
      },
    },
    async (request, reply) => {
      const { params, query } = request
      const change = async (tx: Transaction) => {
        const { authority, reach } = request
        const target = await lockTarget(tx, params.id, reach)
        const grant = target.grants.find(({ id }) => id === params.grant_id)
        if (!grant || (grant.tenant && !mayKnow(authority, grant.tenant))) throw notFound()
        const { role, tenant } = grant
        const catalogue = await tx.permission.findMany({
          select: { name: true, scope: true },
        })
        requireGiveable(authority, role, tenant, target, catalogue)
        if (role.name === adminRole && tenant === null) {
          await refuseLastAdministrator(tx, target.id, 'role')
        }
        await tx.grant.delete({ where: { id: grant.id } })
        await recordEvent(tx, request, {
          action: 'grant.deleted',
          target_type: 'user',
          target_id: target.id,
          tenant_ids: tenant ? [tenant.id] : [],
          before: {
            grant_id: grant.id,
            role_id: role.id,
            role: role.name,
            tenant_id: tenant?.id ?? null,
          },
        })
      }
      if (query.dry_run) return reply.send(await impactOf(prisma, request, change, without(params)))
      await changing(prisma, request, { users: [params.id] }, change)
      return reply.code(204).send(null)
    },
  )
}

/** The user's tokens, as they are without the grant. */
const without = ({ id, grant_id }: { id: string; grant_id: string }) => ({
  touched: { users: [id] },
  where: { owner_id: id },
  after: ({ owner, ...token }: LiveToken) => ({
    ...token,
    owner: { ...owner, grants: owner.grants.filter((grant) => grant.id !== grant_id) },
  }),
})
