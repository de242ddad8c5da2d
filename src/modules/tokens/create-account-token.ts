import type { Authority } from '../../access/authority.ts'
import { changing, ownerNow } from '../../access/changing.ts'
import { withinReach } from '../../access/declaration.ts'
import { isUuid } from '../../access/scope.ts'
import { lockTarget } from '../../accounts/lock-target.ts'
import { conflict, refused } from '../../http/errors.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { IdParams } from '../../http/schemas.ts'
import type { Operation } from '../../operation.ts'
import { chosenForAccount } from './chosen-for-account.ts'
import { issueToken } from './issue-token.ts'
import { NewToken } from './new-token.ts'
import { CreatedTokenRef } from './resource.ts'

/** A token for a service account, with no more than both the account and its maker hold. */
export const createAccountToken: Operation = (app, tools) => {
  const { prisma } = tools
  app.post(
    '/users/:id/tokens',
    {
      config: { access: withinReach('service_accounts.tokens'), stepUp: true },
      schema: {
        operationId: 'createAccountToken',
        summary: 'Create a token for a service account',
        tags: ['tokens'],
        params: IdParams,
        body: NewToken,
        response: { 201: CreatedTokenRef, ...errorAnswers(409, 422) },
      },
    },
    async (request, reply) => {
      const { params, body } = request
      const issued = await changing(prisma, request, { users: [params.id] }, async (tx) => {
        const { authority: maker, reach } = request
        const target = await lockTarget(tx, params.id, reach)
        if (!target.is_service_account) throw notForPeople()
        if (target.id === maker.owner.id) throw notForItself()
        const account = await ownerNow(tx, target.id)
        if (!account) throw conflict('The account is not active')
        const catalogue = await tx.permission.findMany({ select: { name: true, scope: true } })
        const facts = await tx.tenant.findMany({
          where: { id: { in: (body.tenants ?? [...account.scope]).filter(isUuid) } },
          select: { id: true, type: true, status: true },
        })
        const sets = chosenForAccount(body, account, maker, catalogue, facts)
        const callerExpiry = expiryOf(maker)
        const order = {
          owner: account,
          body: { ...body, ...sets },
          callerExpiry,
        }
        return issueToken(tx, request, order, tools)
      })
      return reply.code(201).header('cache-control', 'no-store').send(issued)
    },
  )
}

function expiryOf({ credential }: Authority): Date | null {
  return credential.kind === 'personal_access_token' ? credential.expires_at : null
}

const notForPeople = () =>
  refused('Nobody creates a token for another person: they do it themselves')

const notForItself = () => refused('A token creates no token of its own owner')
