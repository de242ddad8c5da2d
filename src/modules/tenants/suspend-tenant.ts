import { onPlatform } from '../../access/declaration.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { changeTenantStatus } from './change-tenant-status.ts'
import { TenantRef } from './resource.ts'

/** Stops everything in a tenant at once, until it is activated. */
export const suspendTenant: Operation = (app, tools) => {
  app.post(
    '/tenants/:id/suspend',
    {
      config: { access: onPlatform('tenants.retire') },
      schema: {
        operationId: 'suspendTenant',
        summary: 'Suspend a tenant',
        tags: ['tenants'],
        params: IdParams,
        response: { 200: TenantRef, ...errorAnswers(409) },
      },
    },
    (request) => changeTenantStatus(tools, request, 'tenant.suspended', 'suspended'),
  )
}
