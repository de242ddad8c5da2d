import type { FastifyRequest } from 'fastify'
import { isUuid } from '../../access/scope.ts'
import { recordEvent, type Transaction } from '../../audit/record-event.ts'
import type { Token } from '../../generated/prisma/client.ts'
import { refused } from '../../http/errors.ts'

/**
 * Ends a token for good: the row stays as a tombstone that says who, when and why. Call it under the lock
 * on the owner; `now` is the database's clock.
 */
export async function endToken(
  tx: Transaction,
  request: FastifyRequest,
  token: Pick<Token, 'id' | 'name' | 'owner_id' | 'tenants'>,
  now: Date,
  revoked_reason: string,
): Promise<void> {
  const revoked = { revoked_by: request.authority.owner.id, revoked_reason }
  await tx.token.update({ where: { id: token.id }, data: { ...revoked, revoked_at: now } })
  await recordEvent(tx, request, {
    action: 'token.revoked',
    target_type: 'token',
    target_id: token.id,
    tenant_ids: token.tenants.filter(isUuid),
    before: { name: token.name, owner_id: token.owner_id },
    after: revoked,
  })
}

/** A token has no say over itself and its siblings, whatever permissions it stores. */
export function refuseOwnTokens({ authority }: FastifyRequest, ownerId: string): void {
  const { credential, owner } = authority
  if (credential.kind === 'session' || owner.id !== ownerId) return
  throw refused('A token has no say over tokens of its own owner')
}
