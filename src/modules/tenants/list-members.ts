import { Type } from 'typebox'
import { inTenant } from '../../access/declaration.ts'
import { scopeEntriesWithin, usersWithin } from '../../db/reach-filters.ts'
import { notFound } from '../../http/errors.ts'
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
import { Id, IdParams, nullable, ref } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'

export const Member = Type.Object(
  {
    id: Id,
    is_service_account: Type.Boolean(),
    email: nullable(Type.String({ examples: ['ada@example.com'] })),
    name: Type.String({ examples: ['Ada Lovelace'] }),
    status: Type.Enum(['invited', 'active', 'deactivated']),
    through: Type.Array(Type.String({ examples: ['type:test'] }), {
      description:
        'The scope entries that put the user here: the tenant, or words that stand for it',
    }),
  },
  { $id: 'Member' },
)

/** Whoever has this tenant in their tenant scope, by name or through a word. */
export const listMembers: Operation = (app, { prisma }) => {
  app.get(
    '/tenants/:id/members',
    {
      config: { access: inTenant('tenants.read', 'id') },
      schema: {
        operationId: 'listMembers',
        summary: 'List the members of a tenant',
        tags: ['tenants'],
        params: IdParams,
        querystring: Query({
          ...pageFields,
          ...sortField(['name', 'email'], 'name'),
          ...searchField,
        }),
        response: { 200: Page(ref(Member)) },
      },
    },
    async ({ query, authority }) => {
      const tenant = authority.named_tenant
      if (!tenant) throw notFound()
      const here = { any: false, types: [], tenants: [tenant], except_tenant_ids: [] }
      const contains = containing(query.search ?? '')
      const where = {
        AND: [
          usersWithin(here),
          query.search ? { OR: [{ name: contains }, { email: contains }] } : {},
        ],
      }
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort, ['email']),
        () => prisma.user.count({ where }),
        (slice, found) =>
          prisma.user.findMany({
            where: { AND: [where, found] },
            select: {
              id: true,
              is_service_account: true,
              email: true,
              name: true,
              status: true,
              tenants: { where: scopeEntriesWithin(here), select: { tenant_id: true, word: true } },
            },
            ...slice,
          }),
        () => prisma.user.findMany({ where, select: { id: true } }),
      )
      const data = rows.map(({ tenants, ...user }) => ({
        ...user,
        through: tenants.map(({ tenant_id, word }) => tenant_id ?? word ?? ''),
      }))
      return { data, ...page }
    },
  )
}
