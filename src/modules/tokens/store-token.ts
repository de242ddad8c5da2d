import type { FastifyRequest } from 'fastify'
import type { Authority } from '../../access/authority.ts'
import { dormantPairs, effectiveEntries } from '../../access/effective.ts'
import type { Permission } from '../../access/permissions.ts'
import { isUuid, type TenantFacts } from '../../access/scope.ts'
import { generateToken, hashToken, hintOf, type TokenKind } from '../../access/token.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import type { LockedUser } from '../../db/lock-user.ts'
import type { Tools } from '../../operation.ts'
import { tokenOf, withUsage } from './resource.ts'

type NewRow = {
  kind: TokenKind
  name: string
  description: string | null
  permissions: string[]
  tenants: string[]
  expires_at: Date | null
}

/**
 * Stores a token that has been decided on, and answers with its secret, this once. Call it under the lock
 * on its owner.
 */
export async function storeToken(
  tx: Transaction,
  request: FastifyRequest,
  { id: owner_id, now }: LockedUser,
  { kind, ...stored }: NewRow,
  { tokenPrefix, randomBytes }: Pick<Tools, 'tokenPrefix' | 'randomBytes'>,
) {
  const token = generateToken(tokenPrefix, kind, randomBytes)
  const row = await tx.token.create({
    data: {
      ...stored,
      created_at: now,
      owner_id,
      created_by: request.authority.owner.id,
      token_hash: hashToken(token),
      hint: hintOf(token),
    },
    include: withUsage,
  })
  const { name, permissions, tenants, expires_at } = stored
  await recordEvent(tx, request, {
    action: 'token.created',
    target_type: 'token',
    target_id: row.id,
    tenant_ids: tenants.filter(isUuid),
    after: { name, owner_id, permissions, tenants, expires_at: expires_at?.toISOString() ?? null },
  })
  return { ...tokenOf(row, now), token }
}

/** What a token that stores these sets amounts to, for an owner with this authority. */
export function effectsOfNew(
  owner: Authority,
  stored: { permissions: string[]; tenants: string[] },
  facts: readonly TenantFacts[],
  catalogue: readonly Permission[],
) {
  const asToken: Authority = {
    ...owner,
    stored,
    blocked_tenant_ids: [],
    tenants: new Map([...owner.tenants, ...facts.map((one) => [one.id, one] as const)]),
  }
  return {
    authority: effectiveEntries(asToken, catalogue),
    dormant: dormantPairs(asToken, catalogue),
  }
}
