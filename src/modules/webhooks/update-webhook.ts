import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { isAuthenticated } from '../../access/declaration.ts'
import { faultOfSourceUrl } from '../../fetching/source-url.ts'
import { invalidField } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { lockWebhook, recordWebhook, toldOf } from './lock-webhook.ts'
import { Description, EventTypes, shown, Url, WebhookRef } from './resource.ts'

const Body = Type.Partial(
  Type.Object({
    url: Url,
    description: Description,
    event_types: EventTypes,
    is_enabled: Type.Boolean({ description: 'Enabled again, it begins with what happens then' }),
  }),
  { additionalProperties: false, examples: [{ is_enabled: false }] },
)

export const updateWebhook: Operation = (app, { prisma, sourceRules }) => {
  app.patch(
    '/webhooks/:id',
    {
      config: { access: isAuthenticated },
      schema: {
        operationId: 'updateWebhook',
        summary: 'Change a webhook',
        tags: ['webhooks'],
        params: IdParams,
        body: Body,
        response: { 200: WebhookRef, ...errorAnswers(403) },
      },
    },
    async (request) => {
      const { body, params } = request
      const fault = body.url === undefined ? null : faultOfSourceUrl(body.url, sourceRules)
      if (fault !== null) throw invalidField('url', fault)
      return changing(prisma, request, {}, async (tx) => {
        const before = await lockWebhook(tx, request, params.id)
        if (Object.keys(body).length === 0) return before
        const anew = body.is_enabled === true && { disabled_reason: null, failing_since: null }
        const where = { id: before.id }
        const row = await tx.webhook.update({ where, data: { ...body, ...anew }, select: shown })
        const change = { action: 'webhook.updated', before: toldOf(before), after: toldOf(row) }
        await recordWebhook(tx, request, row, change)
        return row
      })
    },
  )
}
