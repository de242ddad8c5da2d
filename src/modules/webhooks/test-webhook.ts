import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { databaseNow } from '../../db/now.ts'
import { conflict } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { lockWebhook, recordWebhook } from './find-webhook.ts'
import { sendNow } from './queue-delivery.ts'
import { shownOfDelivery, WebhookDeliveryRef } from './resource.ts'

/** Sends an event that means nothing, to see that it arrives. */
export const testWebhook: Operation = (app, { prisma, jobs }) => {
  app.post(
    '/webhooks/:id/test',
    {
      config: { access: withinReach('audit.read') },
      schema: {
        operationId: 'testWebhook',
        summary: 'Send a test event to a webhook',
        tags: ['webhooks'],
        params: IdParams,
        response: { 200: WebhookDeliveryRef, ...errorAnswers(409) },
      },
    },
    async (request) =>
      changing(prisma, request, {}, async (tx) => {
        const webhook = await lockWebhook(tx, request, request.params.id)
        if (!webhook.is_enabled) throw conflict('The webhook is disabled')
        const type = 'webhook.test'
        const now = await databaseNow(tx)
        const payload = { type, timestamp: now.toISOString(), data: { webhook_id: webhook.id } }
        const data = { webhook_id: webhook.id, type, payload, next_attempt_at: now }
        const delivery = await tx.webhookDelivery.create({ data, select: shownOfDelivery })
        await sendNow(tx, jobs, webhook, delivery.id)
        const after = { delivery_id: delivery.id }
        await recordWebhook(tx, request, webhook, { action: 'webhook.tested', after })
        return delivery
      }),
  )
}
