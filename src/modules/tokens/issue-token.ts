import type { FastifyRequest } from 'fastify'
import type { Authority } from '../../access/authority.ts'
import { isUuid } from '../../access/scope.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { liveAt } from '../../db/live-at.ts'
import { type LockedUser, lockUser } from '../../db/lock-user.ts'
import { AppError, conflict, unauthorized } from '../../http/errors.ts'
import { once } from '../../idempotency/once.ts'
import type { Tools } from '../../operation.ts'
import { chosenExpiry, chosenPermissions, chosenTenants } from './chosen.ts'
import type { NewToken } from './new-token.ts'
import { effectsOfNew, storeToken } from './store-token.ts'

type Order = {
  owner: Authority
  body: NewToken
  /** When the token that makes this one expires, if one does. */
  callerExpiry?: Date | null
}

/**
 * Makes a personal access token with no more than its owner holds now. The lock on the owner makes the
 * count of live tokens and the look for the name safe against all others.
 */
export async function issueToken(
  tx: Transaction,
  request: FastifyRequest,
  { owner, body, callerExpiry = null }: Order,
  tools: Pick<Tools, 'tokenPrefix' | 'randomBytes'>,
) {
  const locked = await lockUser(tx, owner.owner.id)
  if (locked?.status !== 'active') throw unauthorized('owner not active')
  const catalogue = await tx.permission.findMany({
    select: { name: true, scope: true },
  })
  const facts = await tx.tenant.findMany({
    where: { id: { in: (body.tenants ?? [...owner.scope]).filter(isUuid) } },
    select: { id: true, type: true, status: true },
  })
  const sets = {
    permissions: chosenPermissions(body.permissions, owner, catalogue),
    tenants: chosenTenants(body.tenants, owner, facts),
  }
  const create = async () => {
    const settings = await tx.settings.findUniqueOrThrow({ where: { id: 1 } })
    const expires_at = chosenExpiry(body, settings, locked.now, callerExpiry)
    await requireRoom(tx, locked, body.name)
    const { name, description = null } = body
    const row = { kind: 'pat' as const, name, description, ...sets, expires_at }
    const stored = await storeToken(tx, request, locked, row, tools)
    return { ...stored, ...effectsOfNew(owner, sets, facts, catalogue) }
  }
  return once(tx, request, create, 'token')
}

async function requireRoom(tx: Transaction, owner: LockedUser, name: string): Promise<void> {
  const live = await requireFreeName(tx, owner, name)
  if (live >= owner.token_limit) {
    throw new AppError(
      'token_limit_reached',
      `There are ${live} live tokens of ${owner.token_limit}. Delete one, or ask for up to 10 with POST /api/v1/me/token-limit-requests`,
    )
  }
}

/** Throws 409 where a live token of this owner has the name; else answers how many live ones there are. */
export async function requireFreeName(
  tx: Transaction,
  owner: LockedUser,
  name: string,
): Promise<number> {
  const live = await tx.token.findMany({
    where: { owner_id: owner.id, ...liveAt(owner.now) },
    select: { name: true },
  })
  if (live.some((token) => token.name === name)) {
    throw conflict('There is a live token of this name', 'name')
  }
  return live.length
}
