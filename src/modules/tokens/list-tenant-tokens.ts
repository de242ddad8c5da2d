import { inTenant } from '../../access/declaration.ts'
import { liveAt } from '../../db/live-at.ts'
import { tokensReaching } from '../../db/reach-filters.ts'
import { notFound } from '../../http/errors.ts'
import { containing, orderBy, Page, pageOf } from '../../http/pagination.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { TokenQuery } from './list-own-tokens.ts'
import { TenantTokenRef, tenantTokensOf, withOwnerAndBlock } from './tenant-token.ts'

/** Every token that reaches a tenant, whoever owns it: people, service accounts and the system itself. */
export const listTenantTokens: Operation = (app, { prisma }) => {
  app.get(
    '/tenants/:id/tokens',
    {
      config: { access: inTenant('tokens.read', 'id') },
      schema: {
        operationId: 'listTenantTokens',
        summary: 'List the tokens that reach a tenant',
        tags: ['tokens'],
        params: IdParams,
        querystring: TokenQuery,
        response: { 200: Page(TenantTokenRef) },
      },
    },
    async ({ authority, query }) => {
      const tenant = authority.named_tenant
      if (!tenant) throw notFound()
      const contains = containing(query.search ?? '')
      const where = {
        AND: [
          tokensReaching(tenant),
          query.include ? {} : liveAt(authority.read_at),
          query.search ? { OR: [{ name: contains }, { owner: { name: contains } }] } : {},
        ],
      }
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.token.count({ where }),
        (slice) => prisma.token.findMany({ where, include: withOwnerAndBlock(tenant), ...slice }),
      )
      const data = await tenantTokensOf(prisma, authority, rows)
      return { data, ...page }
    },
  )
}
