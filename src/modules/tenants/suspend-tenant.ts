import { Type } from 'typebox'
import { onPlatform } from '../../access/declaration.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Query } from '../../http/pagination.ts'
import { IdParams } from '../../http/schemas.ts'
import { dryRunField, ImpactRef } from '../../impact/resource.ts'
import type { Operation } from '../../operation.ts'
import { changeTenantStatus, impactOfTenantStatus } from './change-tenant-status.ts'
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
        querystring: Query(dryRunField),
        response: { 200: Type.Union([TenantRef, ImpactRef]), ...errorAnswers(409) },
      },
    },
    (request) => {
      const move = request.query.dry_run ? impactOfTenantStatus : changeTenantStatus
      return move(tools, request, 'tenant.suspended', 'suspended')
    },
  )
}
