import { Type } from 'typebox'
import { withinReach } from '../../access/declaration.ts'
import { usersWithin } from '../../db/reach-filters.ts'
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
import { ServiceAccountRef, serviceAccountOf, withPeople } from './resource.ts'

const QueryFields = Query({
  ...pageFields,
  ...sortField(['name', 'created_at'], 'name'),
  ...searchField,
  status: Type.Optional(Type.Enum(['active', 'deactivated'])),
  is_orphaned: Type.Optional(Type.Boolean()),
})

/** The service accounts that lie in a tenant where the caller holds `service_accounts.read`. */
export const listServiceAccounts: Operation = (app, { prisma }) => {
  app.get(
    '/service-accounts',
    {
      config: { access: withinReach('service_accounts.read') },
      schema: {
        operationId: 'listServiceAccounts',
        summary: 'List service accounts',
        tags: ['service-accounts'],
        querystring: QueryFields,
        response: { 200: Page(ServiceAccountRef) },
      },
    },
    async ({ authority, reach, query }) => {
      const { search, status, is_orphaned } = query
      const answered = { some: { user: { status: 'active' as const, deleted_at: null } } }
      const where = {
        AND: [
          { is_service_account: true },
          usersWithin(reach),
          status ? { status } : {},
          search ? { name: containing(search) } : {},
          is_orphaned === undefined
            ? {}
            : is_orphaned
              ? { NOT: { accountable_people: answered } }
              : { accountable_people: answered },
        ],
      }
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.user.count({ where }),
        (slice, found) =>
          prisma.user.findMany({
            where: { AND: [where, found] },
            include: withPeople(reach),
            ...slice,
          }),
        () => prisma.user.findMany({ where, select: { id: true } }),
      )
      return { data: rows.map((row) => serviceAccountOf(row, authority.read_at)), ...page }
    },
  )
}
