import { onPlatform } from '../../access/declaration.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { changeTenantStatus } from './change-tenant-status.ts'
import { TenantRef } from './resource.ts'

/** Brings a suspended tenant back; whatever was reachable there is again. */
export const activateTenant: Operation = (app, tools) => {
  app.post(
    '/tenants/:id/activate',
    {
      config: { access: onPlatform('tenants.retire') },
      schema: {
        operationId: 'activateTenant',
        summary: 'Activate a tenant',
        tags: ['tenants'],
        params: IdParams,
        response: { 200: TenantRef, ...errorAnswers(409) },
      },
    },
    (request) => changeTenantStatus(tools, request, 'tenant.activated', 'active'),
  )
}
