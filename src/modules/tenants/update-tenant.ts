import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { inTenant } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { TenantName, TenantRef } from './resource.ts'

const Body = Type.Object({ name: TenantName }, { additionalProperties: false })

/** Renames a tenant. Its slug and its type are in other people's scripts and scopes, and stay. */
export const updateTenant: Operation = (app, { prisma }) => {
  app.patch(
    '/tenants/:id',
    {
      config: { access: inTenant('tenants.update', 'id') },
      schema: {
        operationId: 'updateTenant',
        summary: 'Rename a tenant',
        tags: ['tenants'],
        params: IdParams,
        body: Body,
        response: { 200: TenantRef },
      },
    },
    async (request) => {
      const { params, body } = request
      return changing(prisma, request, {}, async (tx) => {
        // Locked, so that the event tells the name that this change replaced.
        const [before] = await tx.$queryRaw<{ name: string }[]>`
          SELECT name FROM tenants WHERE id = ${params.id}::uuid FOR NO KEY UPDATE`
        if (!before) throw notFound()
        const tenant = await tx.tenant.update({ where: { id: params.id }, data: body })
        if (before.name !== tenant.name) {
          await recordEvent(tx, request, {
            action: 'tenant.updated',
            target_type: 'tenant',
            target_id: tenant.id,
            tenant_ids: [tenant.id],
            before: { name: before.name },
            after: { name: tenant.name },
          })
        }
        return tenant
      })
    },
  )
}
