import { isDeepStrictEqual } from 'node:util'
import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReachInSession } from '../../access/declaration.ts'
import { faultOfSourceUrl } from '../../fetching/source-url.ts'
import { invalidField } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { lockWebhook, recordWebhook, toldOf } from './find-webhook.ts'
import { Description, EventTypes, shown, Url, WebhookRef } from './resource.ts'
import { failWaiting, release } from './waiting.ts'

const Body = Type.Partial(
  Type.Object({
    url: Url,
    description: Description,
    event_types: EventTypes,
    is_enabled: Type.Boolean({ description: 'Enabled again, it begins with what happens then' }),
  }),
  { additionalProperties: false, examples: [{ is_enabled: false }] },
)

export const updateWebhook: Operation = (app, { prisma, jobs, sourceRules }) => {
  app.patch(
    '/webhooks/:id',
    {
      config: { access: withinReachInSession('audit.read'), stepUp: true },
      schema: {
        operationId: 'updateWebhook',
        summary: 'Change a webhook',
        description: 'A token can’t, but it may delete one.',
        tags: ['webhooks'],
        params: IdParams,
        body: Body,
        response: { 200: WebhookRef, ...errorAnswers() },
      },
    },
    async (request) => {
      const { body, params } = request
      const fault = body.url === undefined ? null : faultOfSourceUrl(body.url, sourceRules)
      if (fault !== null) throw invalidField('url', fault)
      return changing(prisma, request, {}, async (tx) => {
        const before = await lockWebhook(tx, request, params.id)
        const after = { ...before, ...body }
        if (isDeepStrictEqual(after, before)) return before
        const where = { id: before.id }
        const data = { ...body, ...(startsAnew(before, after) && anew) }
        const row = await tx.webhook.update({ where, data, select: shown })
        if (!row.is_enabled) await failWaiting(tx, row.id)
        else if (startsAnew(before, after)) await release(tx, jobs, row.id)
        const change = { action: 'webhook.updated', before: toldOf(before), after: toldOf(row) }
        await recordWebhook(tx, request, row, change)
        return row
      })
    },
  )
}

/** Whatever failed before says nothing of another address, or of one that somebody has put right. */
const anew = { disabled_reason: null, failing_since: null, paused_until: null } as const

type Aimed = { url: string; is_enabled: boolean }

const startsAnew = (before: Aimed, after: Aimed) =>
  after.url !== before.url || (after.is_enabled && !before.is_enabled)
