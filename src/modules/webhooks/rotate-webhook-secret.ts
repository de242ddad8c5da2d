import { changing } from '../../access/changing.ts'
import { withinReachInSession } from '../../access/declaration.ts'
import { databaseNow } from '../../db/now.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { lockWebhook, recordWebhook } from './find-webhook.ts'
import { shown, WebhookWithSecretRef } from './resource.ts'
import { newSecret } from './secret.ts'
import { release } from './waiting.ts'

const bothMs = 24 * 3_600_000

/**
 * A new secret. For a day what is sent is signed with the old one, too: receivers change over when they can. Sent again
 * after a lost answer it is made once: a second one would end the secret that they have.
 */
export const rotateWebhookSecret: Operation = (app, tools) => {
  const { prisma, jobs } = tools
  app.post(
    '/webhooks/:id/rotate-secret',
    {
      config: { access: withinReachInSession('audit.read'), stepUp: true },
      schema: {
        operationId: 'rotateWebhookSecret',
        summary: 'Give a webhook a new secret',
        description:
          'For a day what is sent is signed with both. Rotated once more, the first one is at an end.',
        tags: ['webhooks'],
        params: IdParams,
        response: { 201: WebhookWithSecretRef, ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      const rotated = await changing(prisma, request, {}, async (tx) => {
        const { id } = await lockWebhook(tx, request, request.params.id)
        const rotate = async () => {
          const { secret: previous_secret } = await tx.webhook.findUniqueOrThrow({ where: { id } })
          const until = new Date((await databaseNow(tx)).getTime() + bothMs)
          const { secret, sealed } = newSecret(id, tools)
          const both = { previous_secret, previous_secret_until: until }
          const data = { secret: sealed, ...both, paused_until: null }
          const row = await tx.webhook.update({ where: { id }, data, select: shown })
          await release(tx, jobs, id)
          const after = { previous_secret_until: until.toISOString() }
          await recordWebhook(tx, request, row, { action: 'webhook.secret_rotated', after })
          return { ...row, secret }
        }
        return once(tx, request, rotate, 'secret')
      })
      return reply.code(201).header('cache-control', 'no-store').send(rotated)
    },
  )
}
