import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { invalidField } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Id } from '../../http/schemas.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { commonFields, EndDate, RemovedRoleIds, RoleIds } from './bodies.ts'
import { lockIdentity } from './lock-event.ts'
import { report } from './report.ts'
import { requireRoles, requireRolesHeld } from './require-roles.ts'
import { PersonnelEventRef } from './resource.ts'

const Body = Type.Object(
  {
    identity_id: Id,
    add_role_ids: Type.Optional(RoleIds),
    remove_role_ids: Type.Optional(RemovedRoleIds),
    ...commonFields,
    end_date: EndDate,
  },
  { additionalProperties: false },
)

/** Somebody moves: their user's roles in this tenant change at the date, and back at `end_date` if there is one. */
export const reportRoleTransition: Operation = (app, { prisma }) => {
  app.post(
    '/personnel-events/role-transition',
    {
      config: { access: withinReach('personnel_events.create') },
      schema: {
        operationId: 'reportRoleTransition',
        summary: 'Report that somebody changes roles',
        tags: ['personnel-events'],
        body: Body,
        response: { 201: PersonnelEventRef, ...errorAnswers(404, 422) },
      },
    },
    async (request, reply) => {
      const { identity_id, add_role_ids = [], remove_role_ids = [], ...rest } = request.body
      requireSwap(add_role_ids, remove_role_ids)
      const event = await changing(prisma, request, {}, async (tx) => {
        const { authority, reach } = request
        const { id, tenant_id, tenant } = await lockIdentity(tx, identity_id, reach)
        await requireRolesHeld(tx, authority, add_role_ids, tenant)
        const plan = { add_role_ids, remove_role_ids }
        const reported = { ...rest, tenant_id, identity_id: id, plan }
        return once(tx, request, async () => {
          await requireRoles(tx, add_role_ids, 'add_role_ids')
          await requireRoles(tx, remove_role_ids, 'remove_role_ids')
          return report(tx, request, { ...reported, type: 'role_transition' })
        })
      })
      return reply.code(201).send(event)
    },
  )
}

function requireSwap(added: string[], removed: string[]): void {
  if (added.length + removed.length === 0) {
    throw invalidField('add_role_ids', 'or remove_role_ids must name a role')
  }
  if (added.some((id) => removed.includes(id))) {
    throw invalidField('remove_role_ids', 'must not name a role that add_role_ids names')
  }
}
