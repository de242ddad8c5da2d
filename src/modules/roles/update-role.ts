import { isDeepStrictEqual } from 'node:util'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { onPlatform } from '../../access/declaration.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { brokenConstraint } from '../../db/faults.ts'
import type { Role } from '../../generated/prisma/client.ts'
import { conflict } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Query } from '../../http/pagination.ts'
import { IdParams } from '../../http/schemas.ts'
import { impactOf } from '../../impact/impact.ts'
import type { LiveToken } from '../../impact/live-tokens.ts'
import { dryRunField, ImpactRef } from '../../impact/resource.ts'
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
      config: { access: onPlatform('roles.write'), stepUp: true },
      schema: {
        operationId: 'updateRole',
        summary: 'Change a role',
        tags: ['roles'],
        params: IdParams,
        body: Body,
        querystring: Query(dryRunField),
        response: { 200: Type.Union([RoleRef, ImpactRef]), ...errorAnswers(409) },
      },
    },
    async (request) => {
      const { params, body, query } = request
      const change = (tx: Transaction) => updateIn(tx, request, params.id, body)
      const { permissions } = body
      if (query.dry_run) return impactOf(prisma, request, change, asChanged(params.id, permissions))
      return changing(prisma, request, { everybody: true }, change)
    },
  )
}

async function updateIn(
  tx: Transaction,
  request: FastifyRequest,
  id: string,
  { version, ...changes }: Static<typeof Body>,
): Promise<Role> {
  const role = await lockRole(tx, id)
  if (role.version !== version) {
    throw conflict(`The role has changed since: it is at version ${role.version}`, 'version')
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
  const updated = await tx.role
    .update({ where: { id: role.id }, data: { ...data, version: { increment: 1 } } })
    .catch((error) => {
      if (brokenConstraint(error) !== 'roles_name_key') throw error
      throw conflict('There is a role of this name', 'name')
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
}

/** The tokens of all who hold the role, as they are with its new permissions. */
const asChanged = (role_id: string, permissions: string[] | undefined) => ({
  touched: { everybody: true },
  where: { owner: { grants: { some: { role_id } } } },
  after: ({ owner, ...token }: LiveToken) => ({
    ...token,
    owner: {
      ...owner,
      grants: owner.grants.map((grant) =>
        grant.role_id === role_id && permissions ? { ...grant, role: { permissions } } : grant,
      ),
    },
  }),
})

function changesAnything(role: Role, data: Partial<Role>): boolean {
  return !isDeepStrictEqual({ ...role, ...data }, role)
}
