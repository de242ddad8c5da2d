import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { builtIn } from '../../access/permissions.ts'
import { lockTarget } from '../../accounts/lock-target.ts'
import { requireTenantFacts } from '../../accounts/scope-entry.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { brokenConstraint } from '../../db/faults.ts'
import { conflict, unprocessable } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Id, IdParams, nullable } from '../../http/schemas.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { GrantRef, grantOf, withRole } from './grant-resource.ts'
import { requireGiveable } from './require-giveable.ts'

const Body = Type.Object({ role_id: Id, tenant_id: nullable(Id) }, { additionalProperties: false })

/** Gives a user a role in a tenant, or (tenant null) in all of the user's scope and on the platform. */
export const createGrant: Operation = (app, { prisma }) => {
  app.post(
    '/users/:id/grants',
    {
      config: { access: withinReach('users.grants'), stepUp: true },
      schema: {
        operationId: 'createGrant',
        summary: 'Give a user a role',
        tags: ['users'],
        params: IdParams,
        body: Body,
        response: { 201: GrantRef, ...errorAnswers(409, 422) },
      },
    },
    async (request, reply) => {
      const { params, body } = request
      const { role_id, tenant_id } = body
      const grant = await changing(prisma, request, { users: [params.id] }, async (tx) => {
        const { authority, reach } = request
        const target = await lockTarget(tx, params.id, reach)
        const wanted = builtIn('users.grants')
        const tenant = tenant_id && (await requireTenantFacts(tx, authority, wanted, tenant_id))
        // The role stays as it is until the grant is made: what is checked is what is given.
        await tx.$queryRaw`SELECT id FROM roles WHERE id = ${role_id}::uuid FOR SHARE`
        const role = await tx.role.findUnique({ where: { id: role_id } })
        if (!role) throw unprocessable('role_id', 'names no role')
        const catalogue = await tx.permission.findMany({
          select: { name: true, scope: true },
        })
        requireGiveable(authority, role, tenant || null, target, catalogue)

        return once(tx, request, async () => {
          const created = await tx.grant.create({
            data: {
              user_id: target.id,
              role_id,
              tenant_id,
              created_by: authority.owner.id,
            },
            include: withRole,
          })
          await recordEvent(tx, request, {
            action: 'grant.created',
            target_type: 'user',
            target_id: target.id,
            tenant_ids: tenant_id ? [tenant_id] : [],
            after: {
              grant_id: created.id,
              role_id,
              role: role.name,
              tenant_id,
            },
          })
          return grantOf(created)
        })
      }).catch((error) => {
        if (brokenConstraint(error) !== 'grants_user_id_role_id_tenant_id_key') throw error
        throw conflict('The user has this role there', 'role_id')
      })
      return reply.code(201).send(grant)
    },
  )
}
