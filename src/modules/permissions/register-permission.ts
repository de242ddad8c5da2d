import { Type } from 'typebox'
import { syncBuiltInRoles } from '../../access/catalogue.ts'
import { changing } from '../../access/changing.ts'
import { onPlatform } from '../../access/declaration.ts'
import { builtInPermissions } from '../../access/permissions.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { brokenConstraint } from '../../db/faults.ts'
import { conflict, invalidField } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Text } from '../../http/schemas.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { PermissionName, PermissionRef } from './resource.ts'

const Body = Type.Object(
  {
    name: PermissionName,
    scope: Type.Optional(Type.Enum(['tenant', 'platform'], { description: 'tenant if left out' })),
    description: Text(500, ['Quote a policy']),
  },
  { additionalProperties: false },
)

const ownResources = new Set(Object.keys(builtInPermissions).map(resourceOf))

/** The host product adds one of its own permissions; roles and tokens use it like a built-in one. */
export const registerPermission: Operation = (app, { prisma }) => {
  app.post(
    '/permissions',
    {
      config: { access: onPlatform('permissions.write') },
      schema: {
        operationId: 'registerPermission',
        summary: 'Register a permission of the host product',
        tags: ['permissions'],
        body: Body,
        response: { 201: PermissionRef, ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      const { name, scope = 'tenant', description } = request.body
      if (ownResources.has(resourceOf(name))) {
        throw invalidField('name', `must not begin with ${resourceOf(name)}, which is built in`)
      }
      const permission = await changing(prisma, request, { everybody: true }, (tx) =>
        once(tx, request, async () => {
          const created = await tx.permission.create({
            data: { name, scope, description },
          })
          await syncBuiltInRoles(tx)
          await recordEvent(tx, request, {
            action: 'permission.registered',
            target_type: 'permission',
            target_id: name,
            after: { scope, description },
          })
          return created
        }),
      ).catch((error) => {
        if (brokenConstraint(error) !== 'permissions_pkey') throw error
        throw conflict('There is a permission of this name', 'name')
      })
      return reply.code(201).send(permission)
    },
  )
}

function resourceOf(name: string): string {
  return name.slice(0, name.indexOf('.'))
}
