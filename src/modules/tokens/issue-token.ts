import type { FastifyRequest } from 'fastify'
import type { Authority } from '../../access/authority.ts'
import { dormantPairs, effectiveEntries } from '../../access/effective.ts'
import { isUuid } from '../../access/scope.ts'
import { generateToken, hashToken, hintOf, type TokenKind } from '../../access/token.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import { type LockedUser, lockUser } from '../../db/lock-user.ts'
import { AppError, conflict, unauthorized } from '../../http/errors.ts'
import { once } from '../../idempotency/once.ts'
import type { Tools } from '../../operation.ts'
import { chosenExpiry, chosenPermissions, chosenTenants } from './chosen.ts'
import type { NewToken } from './new-token.ts'
import { liveAt, tokenOf, withUsage } from './resource.ts'

type Order = {
  owner: Authority
  kind: TokenKind
  body: NewToken
  /** When the token that makes this one expires, if one does. */
  callerExpiry?: Date | null
}

/**
 * Makes a token with no more than its owner holds now, and answers with its secret, this once. The
 * lock on the owner makes the count of live tokens and the look for the name safe against all others.
 */
export async function issueToken(
  tx: Transaction,
  request: FastifyRequest,
  order: Order,
  tools: Pick<Tools, 'tokenPrefix' | 'randomBytes'>,
) {
  const { owner, body } = order
  const locked = await lockUser(tx, owner.owner.id)
  if (locked?.status !== 'active') throw unauthorized('owner not active')
  const catalogue = await tx.permission.findMany({
    select: { name: true, scope: true },
  })
  const facts = await tx.tenant.findMany({
    where: { id: { in: (body.tenants ?? [...owner.scope]).filter(isUuid) } },
    select: { id: true, type: true, status: true },
  })
  const stored = {
    permissions: chosenPermissions(body.permissions, owner, catalogue),
    tenants: chosenTenants(body.tenants, owner, facts),
  }
  const asToken: Authority = {
    ...owner,
    stored,
    blocked_tenant_ids: [],
    tenants: new Map([...owner.tenants, ...facts.map((one) => [one.id, one] as const)]),
  }
  const create = async () => ({
    ...(await addToken(tx, request, { ...order, locked, stored }, tools)),
    authority: effectiveEntries(asToken, catalogue),
    dormant: dormantPairs(asToken, catalogue),
  })
  return once(tx, request, create, 'token')
}

type Checked = Order & {
  locked: LockedUser
  stored: { permissions: string[]; tenants: string[] }
}

async function addToken(
  tx: Transaction,
  request: FastifyRequest,
  { kind, body, callerExpiry = null, locked, stored }: Checked,
  { tokenPrefix, randomBytes }: Pick<Tools, 'tokenPrefix' | 'randomBytes'>,
) {
  const settings = await tx.settings.findUniqueOrThrow({ where: { id: 1 } })
  const expires_at = chosenExpiry(body, settings, locked.now, callerExpiry)
  await requireRoom(tx, locked, body.name)
  const { name, description = null } = body
  const token = generateToken(tokenPrefix, kind, randomBytes)
  const row = await tx.token.create({
    data: {
      ...stored,
      name,
      description,
      expires_at,
      created_at: locked.now,
      owner_id: locked.id,
      created_by: request.authority.owner.id,
      token_hash: hashToken(token),
      hint: hintOf(token),
    },
    include: withUsage,
  })
  await recordEvent(tx, request, {
    action: 'token.created',
    target_type: 'token',
    target_id: row.id,
    tenant_ids: stored.tenants.filter(isUuid),
    after: { name, ...stored, expires_at: expires_at?.toISOString() ?? null },
  })
  return { ...tokenOf(row, locked.now), token }
}

async function requireRoom(tx: Transaction, owner: LockedUser, name: string): Promise<void> {
  const live = await tx.token.findMany({
    where: { owner_id: owner.id, ...liveAt(owner.now) },
    select: { name: true },
  })
  if (live.some((token) => token.name === name)) {
    throw conflict('There is a live token of this name', 'name')
  }
  if (live.length >= owner.token_limit) {
    throw new AppError(
      'token_limit_reached',
      `There are ${live.length} live tokens of ${owner.token_limit}. Delete one, or ask for up to 10 with POST /api/v1/me/token-limit-requests`,
    )
  }
}
