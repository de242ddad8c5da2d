import { Type } from 'typebox'
import type { Authority } from '../../access/authority.ts'
import { changing } from '../../access/changing.ts'
import { onPlatformInSession } from '../../access/declaration.ts'
import { requirePermission } from '../../access/require.ts'
import { lockUser } from '../../db/lock-user.ts'
import { systemPrincipalId } from '../../db/reach-filters.ts'
import { errorAnswers } from '../../http/openapi.ts'
import { once } from '../../idempotency/once.ts'
import type { Operation } from '../../operation.ts'
import { chosenExpiry } from './chosen.ts'
import { requireFreeName } from './issue-token.ts'
import { NewToken } from './new-token.ts'
import { CreatedTokenRef } from './resource.ts'
import { effectsOfNew, storeToken } from './store-token.ts'

const { name, description, expires_in_days, expires_at } = NewToken.properties
const Body = Type.Object(
  { name, description, expires_in_days, expires_at },
  { additionalProperties: false, examples: [{ name: 'HR import' }] },
)

const everything = { permissions: ['*.*'], tenants: ['any'] }

/**
 * A token of the system itself: every permission in every tenant, until it expires or is deleted, whatever
 * becomes of its maker. So its maker must hold everything, signed in and not by another token.
 */
export const createSystemToken: Operation = (app, tools) => {
  const { prisma, readAuthority } = tools
  app.post(
    '/system/tokens',
    {
      config: { access: onPlatformInSession('system_tokens.manage'), stepUp: true },
      schema: {
        operationId: 'createSystemToken',
        summary: 'Create a system token',
        description:
          'Every permission in every tenant. It expires after the platform’s default lifetime, unless `expires_in_days` or `expires_at` says otherwise; `expires_at: null` is never, where the settings allow that.',
        tags: ['system-tokens'],
        body: Body,
        response: { 201: CreatedTokenRef, ...errorAnswers(409) },
      },
    },
    async (request, reply) => {
      const { body } = request
      // Read ahead of the transaction, which must not wait for a second connection.
      const system = await readAuthority({ kind: 'owner', user_id: systemPrincipalId }, null)
      const issued = await changing(prisma, request, { users: [systemPrincipalId] }, async (tx) => {
        requireEverything(request.authority)
        const owner = await lockUser(tx, systemPrincipalId)
        if (!owner) throw new Error('There is no system principal')
        const create = async () => {
          const settings = await tx.settings.findUniqueOrThrow({ where: { id: 1 } })
          const { name, description = null, ...expiry } = body
          const expires_at = chosenExpiry(expiry, settings, owner.now)
          await requireFreeName(tx, owner, name)
          const row = { kind: 'sys' as const, name, description, ...everything, expires_at }
          const stored = await storeToken(tx, request, owner, row, tools)
          const catalogue = await tx.permission.findMany({ select: { name: true, scope: true } })
          return { ...stored, ...effectsOfNew(system, everything, [], catalogue) }
        }
        return once(tx, request, create, 'token')
      })
      return reply.code(201).header('cache-control', 'no-store').send(issued)
    },
  )
}

function requireEverything(authority: Authority): void {
  for (const place of [null, 'any'] as const) {
    const scope = place === null ? 'platform' : 'tenant'
    requirePermission(authority, { name: '*.*', scope }, place)
  }
}
