import type { Reach } from '../../access/reach.ts'
import { lockTarget, type Target } from '../../accounts/lock-target.ts'
import type { Transaction } from '../../audit/record-event.ts'
import { notFound } from '../../http/errors.ts'

/** Locks a service account within reach; a person's id is none. */
export async function lockServiceAccount(
  tx: Transaction,
  id: string,
  reach: Reach,
): Promise<Target> {
  const target = await lockTarget(tx, id, reach)
  if (!target.is_service_account) throw notFound()
  return target
}
