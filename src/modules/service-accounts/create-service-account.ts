import { Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { requireToGive } from '../../access/held.ts'
import { builtIn } from '../../access/permissions.ts'
import { isScopeWord } from '../../access/scope.ts'
import { requireScopeEntry, scopeRow } from '../../accounts/scope-entry.ts'
import { recordEvent } from '../../audit/record-event.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { ScopeEntry } from '../../http/schemas.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { accountablePeople } from './accountable.ts'
import {
  AccountablePeople,
  AccountDescription,
  AccountName,
  ServiceAccountRef,
  serviceAccountOf,
  withPeople,
} from './resource.ts'

const Body = Type.Object(
  {
    name: AccountName,
    description: Type.Optional(AccountDescription),
    tenants: Type.Array(ScopeEntry, { maxItems: 1000, uniqueItems: true }),
    accountable_user_ids: Type.Optional(AccountablePeople),
  },
  { additionalProperties: false },
)

/** A new owner of tokens that is no person: it has no password and never signs in. */
export const createServiceAccount: Operation = (app, { prisma }) => {
  app.post(
    '/service-accounts',
    {
      config: { access: withinReach('service_accounts.write') },
      schema: {
        operationId: 'createServiceAccount',
        summary: 'Create a service account',
        tags: ['service-accounts'],
        body: Body,
        response: { 201: ServiceAccountRef, ...errorAnswers(422) },
      },
    },
    async (request, reply) => {
      const { body } = request
      const { name, description = null, tenants } = body
      const wanted = builtIn('service_accounts.write')
      const created = await changing(prisma, request, {}, async (tx) => {
        const { authority, reach } = request
        for (const entry of tenants) {
          await requireScopeEntry(tx, authority, wanted, entry, 'tenants')
        }
        // An account in no tenant is seen only by who reaches all, so nobody else can create one.
        if (tenants.length === 0) requireToGive(authority, wanted, 'any')
        return once(tx, request, async () => {
          const people = await accountablePeople(tx, request, body.accountable_user_ids)
          const account = await tx.user.create({
            data: {
              is_service_account: true,
              status: 'active',
              name,
              description,
              tenants: { create: tenants.map(scopeRow) },
              accountable_people: { create: people.map((user_id) => ({ user_id })) },
            },
            include: withPeople(reach),
          })
          await recordEvent(tx, request, {
            action: 'service_account.created',
            target_type: 'user',
            target_id: account.id,
            tenant_ids: tenants.filter((entry) => !isScopeWord(entry)),
            after: { name, description, tenants, accountable_user_ids: people },
          })
          return serviceAccountOf(account, request.authority.read_at)
        })
      })
      return reply.code(201).send(created)
    },
  )
}
