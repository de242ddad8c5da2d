import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { databaseNow } from '../../db/now.ts'
import { conflict, notFound } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Id } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { lockWebhook, recordWebhook } from './find-webhook.ts'
import { sendNow } from './queue-delivery.ts'
import { shownOfDelivery, WebhookDeliveryRef } from './resource.ts'

const Params = Type.Object({ id: Id, delivery_id: Id })

/** Sends once more what was sent, under the same `webhook-id`: a receiver that has it already can tell. */
export const redeliverWebhook: Operation = (app, { prisma, jobs }) => {
  app.post(
    '/webhooks/:id/deliveries/:delivery_id/redeliver',
    {
      config: { access: withinReach('audit.read') },
      schema: {
        operationId: 'redeliverWebhook',
        summary: 'Send an event to a webhook again',
        tags: ['webhooks'],
        params: Params,
        response: { 200: WebhookDeliveryRef, ...errorAnswers(409) },
      },
    },
    async (request) =>
      changing(prisma, request, {}, async (tx) => {
        const { id, delivery_id } = request.params
        const webhook = await lockWebhook(tx, request, id)
        const where = { id: delivery_id, webhook_id: webhook.id }
        const found = await tx.webhookDelivery.findFirst({ where })
        if (!found) throw notFound()
        if (!webhook.is_enabled) throw conflict('The webhook is disabled')
        if (found.status === 'waiting') throw conflict('It is still being sent')
        const none = {
          attempts: 0,
          refusals: 0,
          ended_at: null,
          failure: null,
          response_status: null,
        }
        const next_attempt_at = await databaseNow(tx)
        const data = { ...none, status: 'waiting', next_attempt_at } as const
        const delivery = await tx.webhookDelivery.update({ where, data, select: shownOfDelivery })
        await sendNow(tx, jobs, webhook, delivery_id)
        const change = { action: 'webhook.redelivered', after: { delivery_id, type: found.type } }
        await recordWebhook(tx, request, webhook, change)
        return delivery
      }),
  )
}
