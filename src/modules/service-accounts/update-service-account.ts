import { isDeepStrictEqual } from 'node:util'
import { type Static, Type } from 'typebox'
import { changing } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { builtIn } from '../../access/permissions.ts'
import { requireOverUser } from '../../accounts/require-over-account.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { accountablePeople } from './accountable.ts'
import { lockServiceAccount } from './lock-account.ts'
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
    name: Type.Optional(AccountName),
    description: Type.Optional(AccountDescription),
    accountable_user_ids: Type.Optional(AccountablePeople),
  },
  { additionalProperties: false },
)

/** Renames a service account, or says anew who answers for it. */
export const updateServiceAccount: Operation = (app, { prisma }) => {
  app.patch(
    '/service-accounts/:id',
    {
      config: { access: withinReach('service_accounts.write') },
      schema: {
        operationId: 'updateServiceAccount',
        summary: 'Change a service account',
        tags: ['service-accounts'],
        params: IdParams,
        body: Body,
        response: { 200: ServiceAccountRef, ...errorAnswers(422) },
      },
    },
    async (request) => {
      const { params, body } = request
      const { accountable_user_ids: asked, ...fields } = body
      return changing(prisma, request, { users: [params.id] }, async (tx) => {
        const { authority, reach } = request
        const target = await lockServiceAccount(tx, params.id, reach)
        const catalogue = await tx.permission.findMany({ select: { name: true, scope: true } })
        requireOverUser(authority, builtIn('service_accounts.write'), target, catalogue)
        const where = { id: target.id }
        const include = withPeople(reach)
        const before = serviceAccountOf(
          await tx.user.findUniqueOrThrow({ where, include }),
          target.now,
        )
        if (asked) await accountablePeople(tx, request, asked, before.accountable_user_ids)
        if (!changesAnything(before, body)) return before
        if (asked) await storePeople(tx, target.id, asked)
        const account = serviceAccountOf(
          await tx.user.update({ where, data: fields, include }),
          target.now,
        )
        await recordEvent(tx, request, {
          action: 'service_account.updated',
          target_type: 'user',
          target_id: target.id,
          tenant_ids: target.tenant_ids,
          before: shown(before),
          after: shown(account),
        })
        return account
      })
    },
  )
}

type Told = { name: string; description: string | null; accountable_user_ids: string[] }

const shown = ({ name, description, accountable_user_ids }: Told) => ({
  name,
  description,
  accountable_user_ids,
})

/** The people who answer for an account have no order. */
function changesAnything(before: Told, asked: Static<typeof Body>): boolean {
  const of = (account: Told) => ({
    ...shown(account),
    accountable_user_ids: account.accountable_user_ids.toSorted(),
  })
  return !isDeepStrictEqual(of({ ...before, ...asked }), of(before))
}

async function storePeople(tx: Transaction, service_account_id: string, people: string[]) {
  await tx.accountablePerson.deleteMany({ where: { service_account_id } })
  const data = people.map((user_id) => ({ service_account_id, user_id }))
  await tx.accountablePerson.createMany({ data })
}
