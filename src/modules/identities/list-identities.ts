import { Type } from 'typebox'
import { withinReach } from '../../access/declaration.ts'
import { ofTenantsWithin } from '../../db/reach-filters.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import {
  containing,
  Page,
  pageFields,
  pageOf,
  Query,
  searchField,
  sortField,
} from '../../http/pagination.ts'
import { Id } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { IdentityRef, IdentityStatus, identitiesOf } from './resource.ts'

const QueryFields = Query({
  ...pageFields,
  ...sortField(['last_name', 'created_at'], 'last_name'),
  ...searchField,
  tenant_id: Type.Optional(Id),
  status: Type.Optional(IdentityStatus),
})

/** Each word is somewhere in the name or the address: “ada love” finds Ada Lovelace. */
function like(search: string): Prisma.IdentityWhereInput[] {
  return search
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(containing)
    .map((word) => ({ OR: [{ first_name: word }, { last_name: word }, { email: word }] }))
}

/** People of one family name come by their first. */
function orderOf(sort: string): Prisma.IdentityOrderByWithRelationInput[] {
  const way = sort.startsWith('-') ? 'desc' : 'asc'
  if (sort.endsWith('created_at')) return [{ created_at: way }, { id: way }]
  return [{ last_name: way }, { first_name: way }, { id: way }]
}

/** The identities of the tenants where the caller holds `identities.read`. */
export const listIdentities: Operation = (app, { prisma }) => {
  app.get(
    '/identities',
    {
      config: { access: withinReach('identities.read') },
      schema: {
        operationId: 'listIdentities',
        summary: 'List identities',
        tags: ['identities'],
        querystring: QueryFields,
        response: { 200: Page(IdentityRef) },
      },
    },
    async ({ query, reach }) => {
      const { search = '', status, tenant_id } = query
      const where = {
        AND: [
          ofTenantsWithin(reach),
          tenant_id ? { tenant_id } : {},
          status ? { status } : {},
          ...like(search),
        ],
      }
      const { rows, ...page } = await pageOf(
        query,
        orderOf(query.sort),
        () => prisma.identity.count({ where }),
        (slice, found) => prisma.identity.findMany({ where: { AND: [where, found] }, ...slice }),
        () => prisma.identity.findMany({ where, select: { id: true } }),
      )
      return { data: await identitiesOf(prisma, rows), ...page }
    },
  )
}
