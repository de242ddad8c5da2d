import { type Static, Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { builtIn } from '../../access/permissions.ts'
import { requireTenantFacts } from '../../accounts/scope-entry.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { invalidField, unprocessable } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { Id } from '../../http/schemas.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { commonFields, IdentityFields, RoleIds } from './bodies.ts'
import type { PlannedIdentity } from './plan.ts'
import { report } from './report.ts'
import { requireRoles, requireRolesHeld } from './require-roles.ts'
import { PersonnelEventRef } from './resource.ts'

const Body = Type.Object(
  {
    tenant_id: Id,
    identity: IdentityFields,
    user: Type.Optional(Type.Object({ role_ids: RoleIds }, { additionalProperties: false })),
    ...commonFields,
  },
  { additionalProperties: false },
)

/** Somebody joins: puts them on the tenant's books at a date, and with `user` invites them with these roles. */
export const reportOnboarding: Operation = (app, { prisma }) => {
  app.post(
    '/personnel-events/onboard',
    {
      config: { access: withinReach('personnel_events.create') },
      schema: {
        operationId: 'reportOnboarding',
        summary: 'Report that somebody joins',
        tags: ['personnel-events'],
        body: Body,
        response: { 201: PersonnelEventRef, ...errorAnswers(422) },
      },
    },
    async (request, reply) => {
      const { tenant_id, identity, user = null, ...rest } = request.body
      if (user && identity.email === undefined) {
        throw invalidField('identity.email', 'is required to invite a user')
      }
      const event = await changing(prisma, request, {}, async (tx) => {
        const { authority } = request
        const wanted = builtIn('personnel_events.create')
        const tenant = await requireTenantFacts(tx, authority, wanted, tenant_id)
        const role_ids = user?.role_ids ?? []
        await requireRolesHeld(tx, authority, role_ids, tenant)
        return once(tx, request, async () => {
          await requireRoles(tx, role_ids, 'user.role_ids')
          await requireSupervisor(tx, tenant_id, identity.supervisor_id)
          const plan = { identity: plannedOf(identity), user }
          const reported = { ...rest, tenant_id, identity_id: null, plan }
          return report(tx, request, { ...reported, type: 'onboard' })
        })
      })
      return reply.code(201).send(event)
    },
  )
}

async function requireSupervisor(
  tx: Transaction,
  tenant_id: string,
  id: string | undefined,
): Promise<void> {
  if (id === undefined) return
  const where = { id, tenant_id, status: { not: 'removed' as const } }
  if ((await tx.identity.count({ where })) > 0) return
  throw unprocessable('identity.supervisor_id', 'names nobody on the books of this tenant')
}

function plannedOf({ email, ...fields }: Static<typeof IdentityFields>): PlannedIdentity {
  return {
    title: null,
    company: null,
    division: null,
    department: null,
    office: null,
    supervisor_id: null,
    identity_type: 'employee',
    ...fields,
    email: email?.toLowerCase() ?? null,
  }
}
