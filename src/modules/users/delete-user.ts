import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { deleteAccount } from '../../accounts/delete-account.ts'
import { lockTarget } from '../../accounts/lock-target.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Query } from '../../http/pagination.ts'
import { IdParams } from '../../http/schemas.ts'
import { impactOf } from '../../impact/impact.ts'
import { dryRunField, ImpactRef } from '../../impact/resource.ts'
import type { Operation } from '../../operation.ts'

/** Deletes a user for good: no credential of theirs ever works again, and their id means nobody else. */
export const deleteUser: Operation = (app, { prisma }) => {
  app.delete(
    '/users/:id',
    {
      config: { access: withinReach('users.deactivate') },
      schema: {
        operationId: 'deleteUser',
        summary: 'Delete a user',
        tags: ['users'],
        params: IdParams,
        querystring: Query(dryRunField),
        response: {
          200: ImpactRef,
          204: Type.Null({ description: 'Deleted' }),
          ...errorAnswers(409),
        },
      },
    },
    async (request, reply) => {
      const { params, query } = request
      const change = async (tx: Transaction) => {
        const { reach } = request
        const target = await lockTarget(tx, params.id, reach)
        await deleteAccount(tx, request, target, 'users.deactivate')
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
