import { Type } from 'typebox'
import { withinReach } from '../../access/declaration.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { orderBy, Page, pageFields, pageOf, Query, sortField } from '../../http/pagination.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { findWebhook } from './find-webhook.ts'
import { DeliveryStatus, shownOfDelivery, WebhookDeliveryRef } from './resource.ts'

const QueryFields = Query({
  ...pageFields,
  ...sortField(['created_at'], '-created_at'),
  status: Type.Optional(DeliveryStatus),
})

/** What was sent to a webhook, is to be sent, or could not be: the last thousand, for thirty days. */
export const listWebhookDeliveries: Operation = (app, { prisma }) => {
  app.get(
    '/webhooks/:id/deliveries',
    {
      config: { access: withinReach('audit.read') },
      schema: {
        operationId: 'listWebhookDeliveries',
        summary: 'List what was sent to a webhook',
        tags: ['webhooks'],
        params: IdParams,
        querystring: QueryFields,
        response: { 200: Page(WebhookDeliveryRef), ...errorAnswers() },
      },
    },
    async ({ authority, params, query }) => {
      const { id: webhook_id } = await findWebhook(prisma, authority, params.id)
      const where = { webhook_id, ...(query.status && { status: query.status }) }
      const { rows, ...page } = await pageOf(
        query,
        orderBy(query.sort),
        () => prisma.webhookDelivery.count({ where }),
        (slice) => prisma.webhookDelivery.findMany({ where, select: shownOfDelivery, ...slice }),
      )
      return { data: rows, ...page }
    },
  )
}
