import { isAuthenticated } from '../../access/declaration.ts'
import { tenantsInScope } from '../../db/reach-filters.ts'
import {
  containing,
  orderBy,
  Page,
  pageFields,
  pageOf,
  Query,
  searchField,
  sortField,
} from '../../http/pagination.ts'
import type { Operation } from '../../operation.ts'
import { TenantRef } from './resource.ts'

/** The tenants in the effective scope of this credential, by name; what it may do there is another matter. */
export const listOwnTenants: Operation = (app, { prisma }) => {
  app.get(
    '/me/tenants',
    {
      config: { access: isAuthenticated },
      schema: {
        operationId: 'listOwnTenants',
        summary: 'List the tenants that this credential reaches',
        tags: ['me'],
        querystring: Query({
          ...pageFields,
          ...sortField(['name', 'slug', 'created_at'], 'name'),
          ...searchField,
        }),
        response: { 200: Page(TenantRef) },
      },
    },
    async ({ authority, query }) => {
      const { search } = query
      const contains = containing(search ?? '')
      const where = {
        AND: [
          tenantsInScope(authority.scope),
          tenantsInScope(authority.stored?.tenants ?? ['any']),
          { id: { notIn: [...authority.blocked_tenant_ids] } },
          search ? { OR: [{ name: contains }, { slug: contains }] } : {},
        ],
      }
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.tenant.count({ where }),
        (slice) => prisma.tenant.findMany({ where, ...slice }),
      )
      return { data: rows, ...page }
    },
  )
}
