import { isDeepStrictEqual } from 'node:util'
import { Type } from 'typebox'
import { onPlatform } from '../../access/declaration.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { brokenConstraint } from '../../db/faults.ts'
import type { Role } from '../../generated/prisma/client.ts'
import { conflict } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { requireKnown } from './create-role.ts'
import { lockRole, requireHeldByEditor } from './lock-role.ts'
import { RoleDescription, RoleName, RolePermissions, RoleRef } from './resource.ts'

const Body = Type.Object(
  {
    version: Type.Integer({ minimum: 1, description: 'The version that this change is based on' }),
    name: Type.Optional(RoleName),
    description: Type.Optional(RoleDescription),
    permissions: Type.Optional(RolePermissions),
  },
  { additionalProperties: false },
)

/**
 * Changes a role for all who hold it. What is added is given to them, so the caller must hold it wherever
 * the role is granted.
 */
export const updateRole: Operation = (app, { prisma }) => {
  app.patch(
    '/roles/:id',
    {
      config: { access: onPlatform('roles.write') },
      schema: {
        operationId: 'updateRole',
        summary: 'Change a role',
        tags: ['roles'],
        params: IdParams,
        body: Body,
        response: { 200: RoleRef, ...errorAnswers(409) },
      },
    },
    async (request) => {
      const { version, ...changes } = request.body
      return prisma
        .$transaction(async (tx) => {
          const role = await lockRole(tx, request.params.id)
          if (role.version !== version) {
            throw conflict(
              `The role has changed since: it is at version ${role.version}`,
              'version',
            )
          }
          if (changes.permissions) {
            await requireKnown(tx, changes.permissions)
            const added = changes.permissions.filter((one) => !role.permissions.includes(one))
            await requireHeldByEditor(tx, request.authority, role, added)
          }
          const data = {
            ...changes,
            ...(changes.permissions && { permissions: [...changes.permissions].sort() }),
          }
          if (!changesAnything(role, data)) return role
          const updated = await tx.role.update({
            where: { id: role.id },
            data: { ...data, version: { increment: 1 } },
          })
          const { name, description, permissions } = role
          await recordEvent(tx, request, {
            action: 'role.updated',
            target_type: 'role',
            target_id: role.id,
            before: { name, description, permissions },
            after: data,
          })
          return updated
        })
        .catch((error) => {
          if (brokenConstraint(error) !== 'roles_name_key') throw error
          throw conflict('There is a role of this name', 'name')
        })
    },
  )
}

function changesAnything(role: Role, data: Partial<Role>): boolean {
  return !isDeepStrictEqual({ ...role, ...data }, role)
}
