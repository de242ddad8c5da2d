import type { FastifyRequest } from 'fastify'
import { lockTarget, type Target } from '../../accounts/lock-target.ts'
import { requireAllOf } from '../../accounts/require-all-of.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { conflict } from '../../http/errors.ts'

/**
 * Locks a user by whose factors the caller has something taken away. Not oneself: what protects one’s own (a factor
 * that was shown, a way in that is left) is asked where these are deleted.
 */
export async function lockForFactors(
  tx: Transaction,
  { authority, reach }: FastifyRequest,
  id: string,
): Promise<Target> {
  const target = await lockTarget(tx, id, reach)
  await requireAllOf(tx, authority, 'users.update', target)
  if (id === authority.owner.id) throw conflict('Your own are under /me')
  return target
}
