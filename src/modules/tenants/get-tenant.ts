import { inTenant } from '../../access/declaration.ts'
import { notFound } from '../../http/errors.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { TenantRef } from './resource.ts'

export const getTenant: Operation = (app, { prisma }) => {
  app.get(
    '/tenants/:id',
    {
      config: { access: inTenant('tenants.read', 'id') },
      schema: {
        operationId: 'getTenant',
        summary: 'See a tenant',
        tags: ['tenants'],
        params: IdParams,
        response: { 200: TenantRef },
      },
    },
    async ({ params }) => {
      const tenant = await prisma.tenant.findUnique({
        where: { id: params.id },
      })
      if (!tenant) throw notFound()
      return tenant
    },
  )
}
