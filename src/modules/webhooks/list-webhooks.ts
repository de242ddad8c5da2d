import { Type } from 'typebox'
import { refusingLeg } from '../../access/decide.ts'
import { isAuthenticated } from '../../access/declaration.ts'
import { builtIn } from '../../access/permissions.ts'
import { reachOf } from '../../access/reach.ts'
import { ofTenantsWithin } from '../../db/reach-filters.ts'
import { orderBy, Page, pageFields, pageOf, Query, sortField } from '../../http/pagination.ts'
import { Id } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { shown, WebhookRef } from './resource.ts'

const QueryFields = Query({
  ...pageFields,
  ...sortField(['created_at'], '-created_at'),
  tenant_id: Type.Optional(Id),
})

/** The webhooks over which the caller has a say. */
export const listWebhooks: Operation = (app, { prisma }) => {
  app.get(
    '/webhooks',
    {
      config: { access: isAuthenticated },
      schema: {
        operationId: 'listWebhooks',
        summary: 'List webhooks',
        description:
          'Those of tenants where you hold `tenants.update`, and with `settings.write` those of the platform.',
        tags: ['webhooks'],
        querystring: QueryFields,
        response: { 200: Page(WebhookRef) },
      },
    },
    async ({ authority, query }) => {
      const seesPlatform = refusingLeg(authority, builtIn('settings.write'), null) === null
      const where = {
        AND: [
          {
            OR: [
              ofTenantsWithin(reachOf(authority, builtIn('tenants.update'))),
              ...(seesPlatform ? [{ tenant_id: null }] : []),
            ],
          },
          query.tenant_id ? { tenant_id: query.tenant_id } : {},
        ],
      }
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.webhook.count({ where }),
        (slice) => prisma.webhook.findMany({ where, select: shown, ...slice }),
      )
      return { data: rows, ...page }
    },
  )
}
