import { Type } from 'typebox'
import { withinReach } from '../../access/declaration.ts'
import { orderBy, Page, pageFields, pageOf, Query, sortField } from '../../http/pagination.ts'
import { Id } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { webhooksOf, whoMay } from './place.ts'
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
      config: { access: withinReach('audit.read') },
      schema: {
        operationId: 'listWebhooks',
        summary: 'List webhooks',
        description: `Those of places where you hold what it needs: ${whoMay}`,
        tags: ['webhooks'],
        querystring: QueryFields,
        response: { 200: Page(WebhookRef) },
      },
    },
    async ({ authority, query }) => {
      const here = query.tenant_id ? { tenant_id: query.tenant_id } : {}
      const where = { AND: [webhooksOf(authority), here] }
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
