import type { Transaction } from '../../audit/record-event.ts'
import { type LockedUser, lockUser } from '../../db/lock-user.ts'
import type { TokenLimitRequest } from '../../generated/prisma/client.ts'
import { conflict, notFound } from '../../http/errors.ts'

/**
 * Locks a request that waits for its decision, and who made it: two decisions at once are one decision
 * and a 409. The user first, as everywhere.
 */
export async function lockPending(
  tx: Transaction,
  id: string,
): Promise<{ asked: TokenLimitRequest; user: LockedUser }> {
  const found = await tx.tokenLimitRequest.findUnique({ where: { id } })
  if (!found) throw notFound()
  const user = await lockUser(tx, found.user_id)
  if (!user) throw conflict('Who made the request is gone')
  const asked = await tx.tokenLimitRequest.findUniqueOrThrow({ where: { id } })
  if (asked.status !== 'pending') throw conflict(`The request was ${asked.status} already`)
  return { asked, user }
}

/** Whose request it is, which never changes. */
export async function requesterOf(
  prisma: Pick<Transaction, 'tokenLimitRequest'>,
  id: string,
): Promise<string> {
  const found = await prisma.tokenLimitRequest.findUnique({ where: { id } })
  if (!found) throw notFound()
  return found.user_id
}
