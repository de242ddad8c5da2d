import { withinReach } from '../../access/declaration.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { findWebhook } from './find-webhook.ts'
import { WebhookRef } from './resource.ts'

export const getWebhook: Operation = (app, { prisma }) => {
  app.get(
    '/webhooks/:id',
    {
      config: { access: withinReach('audit.read') },
      schema: {
        operationId: 'getWebhook',
        summary: 'See a webhook',
        tags: ['webhooks'],
        params: IdParams,
        response: { 200: WebhookRef, ...errorAnswers() },
      },
    },
    ({ authority, params }) => findWebhook(prisma, authority, params.id),
  )
}
