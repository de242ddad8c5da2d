import { withinReach } from '../../access/declaration.ts'
import { tenantsWithin, usersWithin } from '../../db/reach-filters.ts'
import { notFound } from '../../http/errors.ts'
import { orderBy, Page, pageFields, pageOf, Query, sortField } from '../../http/pagination.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { GrantRef, grantOf, withRole } from './grant-resource.ts'

/** The grants of a user: those without a tenant, and those in tenants within the caller's reach. */
export const listGrants: Operation = (app, { prisma }) => {
  app.get(
    '/users/:id/grants',
    {
      config: { access: withinReach('users.read') },
      schema: {
        operationId: 'listGrants',
        summary: 'List the grants of a user',
        tags: ['users'],
        params: IdParams,
        querystring: Query({ ...pageFields, ...sortField(['created_at'], 'created_at') }),
        response: { 200: Page(GrantRef) },
      },
    },
    async ({ params, query, reach }) => {
      const visible = await prisma.user.count({
        where: { AND: [{ id: params.id }, usersWithin(reach)] },
      })
      if (!visible) throw notFound()
      const where = {
        user_id: params.id,
        OR: [{ tenant_id: null }, { tenant: tenantsWithin(reach) }],
      }
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.grant.count({ where }),
        (slice) => prisma.grant.findMany({ where, include: withRole, ...slice }),
      )
      return { data: rows.map(grantOf), ...page }
    },
  )
}
