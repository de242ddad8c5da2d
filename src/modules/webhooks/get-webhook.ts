import { isAuthenticated } from '../../access/declaration.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { findWebhook } from './lock-webhook.ts'
import { WebhookRef } from './resource.ts'

export const getWebhook: Operation = (app, { prisma }) => {
  app.get(
    '/webhooks/:id',
    {
      config: { access: isAuthenticated },
      schema: {
        operationId: 'getWebhook',
        summary: 'See a webhook',
        tags: ['webhooks'],
        params: IdParams,
        response: { 200: WebhookRef, ...errorAnswers(403) },
      },
    },
    ({ authority, params }) => findWebhook(prisma, authority, params.id),
  )
}
