import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { onPlatform } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { conflict } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { lockRole } from './lock-role.ts'

/** Deletes a role that nobody holds, and nobody would get. */
export const deleteRole: Operation = (app, { prisma }) => {
  app.delete(
    '/roles/:id',
    {
      config: { access: onPlatform('roles.write') },
      schema: {
        operationId: 'deleteRole',
        summary: 'Delete a role',
        tags: ['roles'],
        params: IdParams,
        response: { 204: Type.Null({ description: 'Deleted' }), ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      await changing(prisma, request, { everybody: true }, async (tx) => {
        const role = await lockRole(tx, request.params.id)
        const granted = await tx.grant.count({ where: { role_id: role.id } })
        if (granted > 0) throw conflict(`The role is granted ${granted} times; take these first`)
        if ((await tx.identityProviderGrant.count({ where: { role_id: role.id } })) > 0) {
          throw conflict('An identity provider gives the role to new people; change that first')
        }
        await tx.role.delete({ where: { id: role.id } })
        const { name, description, permissions } = role
        await recordEvent(tx, request, {
          action: 'role.deleted',
          target_type: 'role',
          target_id: role.id,
          before: { name, description, permissions },
        })
      })
      return reply.code(204).send(null)
    },
  )
}
