import { Type } from 'typebox'
import { refusingLeg } from '../../access/decide.ts'
import { withinReachOrRevival } from '../../access/declaration.ts'
import { builtIn } from '../../access/permissions.ts'
import { isUuid } from '../../access/scope.ts'
import { tenantsWithin } from '../../db/reach-filters.ts'
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
import { TenantRef, TenantTypeSchema } from './resource.ts'

const QueryFields = Query({
  ...pageFields,
  ...sortField(['name', 'slug', 'created_at'], 'name'),
  ...searchField,
  type: Type.Optional(TenantTypeSchema),
  status: Type.Optional(Type.Enum(['active', 'suspended', 'retired'])),
})

/** An id that one has from a log finds its tenant, also one that is asleep and answers to nothing else. */
const byId = (search: string) => (isUuid(search) ? [{ id: search }] : [])

/**
 * The tenants where the caller holds `tenants.read`; and those that are not active, for who may bring them
 * back and could not find them else.
 */
export const listTenants: Operation = (app, { prisma }) => {
  app.get(
    '/tenants',
    {
      config: { access: withinReachOrRevival('tenants.read', 'tenants.retire') },
      schema: {
        operationId: 'listTenants',
        summary: 'List tenants',
        tags: ['tenants'],
        querystring: QueryFields,
        response: { 200: Page(TenantRef) },
      },
    },
    async ({ authority, reach, query }) => {
      const { search, type, status } = query
      const revives = refusingLeg(authority, builtIn('tenants.retire'), null) === null
      const asleep = { status: { in: ['suspended' as const, 'retired' as const] } }
      const seen = { OR: [tenantsWithin(reach), ...(revives ? [asleep] : [])] }
      const contains = containing(search ?? '')
      const where = {
        AND: [
          seen,
          type ? { type } : {},
          status ? { status } : {},
          search ? { OR: [{ name: contains }, { slug: contains }, ...byId(search)] } : {},
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
