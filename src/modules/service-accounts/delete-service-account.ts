import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { deleteAccount } from '../../accounts/delete-account.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { Query } from '../../http/pagination.ts'
import { IdParams } from '../../http/schemas.ts'
import { impactOf } from '../../impact/impact.ts'
import { dryRunField, ImpactRef } from '../../impact/resource.ts'
import type { Operation } from '../../operation.ts'
import { lockServiceAccount } from './lock-account.ts'

/** Deletes a service account for good, and with it its tokens. */
export const deleteServiceAccount: Operation = (app, { prisma }) => {
  app.delete(
    '/service-accounts/:id',
    {
      config: { access: withinReach('service_accounts.write') },
      schema: {
        operationId: 'deleteServiceAccount',
        summary: 'Delete a service account',
        tags: ['service-accounts'],
        params: IdParams,
        querystring: Query(dryRunField),
        response: {
          200: ImpactRef,
          204: Type.Null({ description: 'Deleted' }),
        },
      },
    },
    async (request, reply) => {
      const { params, query } = request
      const change = async (tx: Transaction) => {
        const { reach } = request
        const target = await lockServiceAccount(tx, params.id, reach)
        await deleteAccount(tx, request, target, 'service_accounts.write')
      }
      const ended = {
        touched: { users: [params.id] },
        where: { owner_id: params.id },
        after: () => null,
      }
      if (query.dry_run) return reply.send(await impactOf(prisma, request, change, ended))
      await changing(prisma, request, { users: [params.id] }, change)
      return reply.code(204).send(null)
    },
  )
}
