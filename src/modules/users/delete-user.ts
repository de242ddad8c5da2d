import { Type } from 'typebox'
import { withinReach } from '../../access/declaration.ts'
import { deleteAccount } from '../../accounts/delete-account.ts'
import { lockTarget } from '../../accounts/lock-target.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
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
        response: { 204: Type.Null({ description: 'Deleted' }), ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      const { params, reach } = request
      await prisma.$transaction(async (tx) => {
        const target = await lockTarget(tx, params.id, reach)
        await deleteAccount(tx, request, target, 'users.deactivate')
      })
      return reply.code(204).send(null)
    },
  )
}
