import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { onPlatform } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { brokenConstraint } from '../../db/faults.ts'
import { conflict } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { Slug, TenantName, TenantRef, TenantTypeSchema } from './resource.ts'

const Body = Type.Object(
  { slug: Slug, name: TenantName, type: TenantTypeSchema },
  { additionalProperties: false },
)

/** A new tenant. Nobody is in it yet but those whose tenant scope holds a word for it. */
export const createTenant: Operation = (app, { prisma }) => {
  app.post(
    '/tenants',
    {
      config: { access: onPlatform('tenants.create') },
      schema: {
        operationId: 'createTenant',
        summary: 'Create a tenant',
        tags: ['tenants'],
        body: Body,
        response: { 201: TenantRef, ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      const { slug, name, type } = request.body
      const tenant = await changing(prisma, request, {}, (tx) =>
        once(tx, request, async () => {
          const created = await tx.tenant.create({
            data: { slug, name, type },
          })
          await recordEvent(tx, request, {
            action: 'tenant.created',
            target_type: 'tenant',
            target_id: created.id,
            tenant_ids: [created.id],
            after: { slug, name, type },
          })
          return created
        }),
      ).catch((error) => {
        if (brokenConstraint(error) !== 'tenants_slug_key') throw error
        throw conflict('There is a tenant with this slug', 'slug')
      })
      return reply.code(201).send(tenant)
    },
  )
}
