import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { lockWebhook, recordWebhook, toldOf } from './find-webhook.ts'

/** Ends a webhook, with what was still to be sent and the log of what was. */
export const deleteWebhook: Operation = (app, { prisma }) => {
  app.delete(
    '/webhooks/:id',
    {
      config: { access: withinReach('audit.read') },
      schema: {
        operationId: 'deleteWebhook',
        summary: 'Delete a webhook',
        tags: ['webhooks'],
        params: IdParams,
        response: { 204: Type.Null({ description: 'Deleted' }), ...errorAnswers() },
      },
    },
    async (request, reply) => {
      await changing(prisma, request, {}, async (tx) => {
        const webhook = await lockWebhook(tx, request, request.params.id)
        await tx.webhookDelivery.deleteMany({ where: { webhook_id: webhook.id } })
        await tx.webhook.delete({ where: { id: webhook.id } })
        const before = toldOf(webhook)
        await recordWebhook(tx, request, webhook, { action: 'webhook.deleted', before })
      })
      return reply.code(204).send(null)
    },
  )
}
