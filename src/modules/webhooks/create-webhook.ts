import { Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import { changing } from '../../access/changing.ts'
import { withinReachInSession } from '../../access/declaration.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { faultOfSourceUrl } from '../../fetching/source-url.ts'
import { conflict, invalidField } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Id, nullable } from '../../http/schemas.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { recordWebhook, toldOf } from './find-webhook.ts'
import { requirePlace, whoMay } from './place.ts'
import { Description, EventTypes, shown, Url, WebhookWithSecretRef } from './resource.ts'
import { newSecret } from './secret.ts'

const webhooksMax = 20

const Body = Type.Object(
  {
    tenant_id: nullable(Id),
    url: Url,
    description: Type.Optional(Description),
    event_types: EventTypes,
  },
  { additionalProperties: false },
)

/** Tells another system of changes of a tenant, or of the platform. */
export const createWebhook: Operation = (app, tools) => {
  const { prisma, sourceRules } = tools
  app.post(
    '/webhooks',
    {
      config: { access: withinReachInSession('audit.read'), stepUp: true },
      schema: {
        operationId: 'createWebhook',
        summary: 'Create a webhook',
        description: `Needs ${whoMay}`,
        tags: ['webhooks'],
        body: Body,
        response: { 201: WebhookWithSecretRef, ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      const { tenant_id, url, event_types, description = null } = request.body
      const fault = faultOfSourceUrl(url, sourceRules)
      if (fault !== null) throw invalidField('url', fault)
      const webhook = await changing(prisma, request, {}, async (tx) => {
        await requirePlace(tx, request.authority, tenant_id)
        const create = async () => {
          await requireRoom(tx, tenant_id)
          const id = uuidv7()
          const { secret, sealed } = newSecret(id, tools)
          const created_by = request.authority.owner.id
          const fields = { id, tenant_id, url, event_types, description, created_by }
          const row = await tx.webhook.create({
            data: { ...fields, secret: sealed },
            select: shown,
          })
          const after = toldOf(row)
          await recordWebhook(tx, request, row, { action: 'webhook.created', after })
          return { ...row, secret }
        }
        return once(tx, request, create, 'secret')
      })
      return reply.code(201).header('cache-control', 'no-store').send(webhook)
    },
  )
}

/** Whoever makes one waits for the others of the place: the bound holds. */
async function requireRoom(tx: Transaction, tenant_id: string | null): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('webhooks ' || ${tenant_id ?? ''}, 0))`
  if ((await tx.webhook.count({ where: { tenant_id } })) < webhooksMax) return
  throw conflict(`There are ${webhooksMax} webhooks here already`)
}
