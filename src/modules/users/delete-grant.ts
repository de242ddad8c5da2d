import { Type } from 'typebox'
import { adminRole } from '../../access/catalogue.ts'
import { withinReach } from '../../access/declaration.ts'
import { mayKnow } from '../../access/require.ts'
import { refuseLastAdministrator } from '../../accounts/last-administrator.ts'
import { lockTarget } from '../../accounts/lock-target.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { notFound } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Id } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { requireGiveable } from './require-giveable.ts'

/** Takes a role from a user: all of the user's tokens lose what only it gave, here and now. */
export const deleteGrant: Operation = (app, { prisma }) => {
  app.delete(
    '/users/:id/grants/:grant_id',
    {
      config: { access: withinReach('users.grants') },
      schema: {
        operationId: 'deleteGrant',
        summary: 'Take a role from a user',
        tags: ['users'],
        params: Type.Object({ id: Id, grant_id: Id }),
        response: {
          204: Type.Null({ description: 'Taken' }),
          ...errorAnswers(409),
        },
      },
    },
    async (request, reply) => {
      const { authority, reach, params } = request
      await prisma.$transaction(async (tx) => {
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
      })
      return reply.code(204).send(null)
    },
  )
}
