import { Type } from 'typebox'
import { withinReach } from '../../access/declaration.ts'
import { deleteAccount } from '../../accounts/delete-account.ts'
import { IdParams } from '../../http/schemas.ts'
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
        response: { 204: Type.Null({ description: 'Deleted' }) },
      },
    },
    async (request, reply) => {
      const { params, reach } = request
      await prisma.$transaction(async (tx) => {
        const target = await lockServiceAccount(tx, params.id, reach)
        await deleteAccount(tx, request, target, 'service_accounts.write')
      })
      return reply.code(204).send(null)
    },
  )
}
