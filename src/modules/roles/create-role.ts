import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { onPlatform } from '../../access/declaration.ts'
import { covers } from '../../access/permissions.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { brokenConstraint } from '../../db/faults.ts'
import { conflict, invalidField } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { RoleDescription, RoleName, RolePermissions, RoleRef } from './resource.ts'

const Body = Type.Object(
  {
    name: RoleName,
    description: Type.Optional(RoleDescription),
    permissions: RolePermissions,
  },
  { additionalProperties: false },
)

/** A new role. It gives nobody anything before it is granted, which needs all that it holds. */
export const createRole: Operation = (app, { prisma }) => {
  app.post(
    '/roles',
    {
      config: { access: onPlatform('roles.write') },
      schema: {
        operationId: 'createRole',
        summary: 'Create a role',
        tags: ['roles'],
        body: Body,
        response: { 201: RoleRef, ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      const { name, description = '', permissions } = request.body
      const role = await changing(prisma, request, {}, (tx) =>
        once(tx, request, async () => {
          await requireKnown(tx, permissions)
          const data = {
            name,
            description,
            permissions: [...permissions].sort(),
          }
          const created = await tx.role.create({ data })
          await recordEvent(tx, request, {
            action: 'role.created',
            target_type: 'role',
            target_id: created.id,
            after: data,
          })
          return created
        }),
      ).catch((error) => {
        if (brokenConstraint(error) !== 'roles_name_key') throw error
        throw conflict('There is a role of this name', 'name')
      })
      return reply.code(201).send(role)
    },
  )
}

/** Each permission is in the catalogue, and each wildcard means at least one that is. */
export async function requireKnown(tx: Transaction, permissions: string[]): Promise<void> {
  const catalogue = await tx.permission.findMany({ select: { name: true } })
  const unknown = permissions.find(
    (pattern) => !catalogue.some(({ name }) => covers(pattern, name)),
  )
  if (unknown !== undefined) throw invalidField('permissions', `must be known: ${unknown} is not`)
}
