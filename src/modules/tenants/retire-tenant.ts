import { onPlatform } from '../../access/declaration.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { changeTenantStatus } from './change-tenant-status.ts'
import { TenantRef } from './resource.ts'

/** Ends a tenant for good. Its records stay, for the audit log. */
export const retireTenant: Operation = (app, tools) => {
  app.post(
    '/tenants/:id/retire',
    {
      config: { access: onPlatform('tenants.retire') },
      schema: {
        operationId: 'retireTenant',
        summary: 'Retire a tenant',
        tags: ['tenants'],
        params: IdParams,
        response: { 200: TenantRef, ...errorAnswers(409) },
      },
    },
    (request) => changeTenantStatus(tools, request, 'tenant.retired', 'retired'),
  )
}
