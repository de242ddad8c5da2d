import { changing } from '../../access/changing.ts'
import { isAuthenticated } from '../../access/declaration.ts'
import { databaseNow } from '../../db/now.ts'
import { conflict } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { lockWebhook, recordWebhook } from './lock-webhook.ts'
import { WebhookDeliveryRef } from './resource.ts'

/** Sends an event that means nothing, to see that it arrives. */
export const testWebhook: Operation = (app, { prisma, jobs }) => {
  app.post(
    '/webhooks/:id/test',
    {
      config: { access: isAuthenticated },
      schema: {
        operationId: 'testWebhook',
        summary: 'Send a test event to a webhook',
        tags: ['webhooks'],
        params: IdParams,
        response: { 200: WebhookDeliveryRef, ...errorAnswers(403, 409) },
      },
    },
    async (request) =>
      changing(prisma, request, {}, async (tx) => {
        const webhook = await lockWebhook(tx, request, request.params.id)
        if (!webhook.is_enabled) throw conflict('The webhook is disabled')
        const type = 'webhook.test'
        const timestamp = (await databaseNow(tx)).toISOString()
        const payload = { type, timestamp, data: { webhook_id: webhook.id } }
        const delivery = await tx.webhookDelivery.create({
          data: { webhook_id: webhook.id, type, payload },
        })
        await jobs.send(tx, 'deliver_webhook', { delivery_id: delivery.id }, { key: delivery.id })
        const after = { delivery_id: delivery.id }
        await recordWebhook(tx, request, webhook, { action: 'webhook.tested', after })
        return delivery
      }),
  )
}
