import { ownerNow } from '../access/changing.ts'
import type { Transaction } from '../audit/record-event.ts'
import { AppError } from '../http/errors.ts'
import { accountOf } from './lock-target.ts'
import { requireAllOf } from './require-all-of.ts'

/**
 * Who was shown a link may have kept a copy: it is good for as long as they hold all that its person holds, and is no way
 * to more. One that only a mail holds was shown to nobody. Call it under `lockForOwner`, with the maker as the owner.
 */
export async function isStillTheirs(
  tx: Transaction,
  { created_by, user_id }: { created_by: string | null; user_id: string },
): Promise<boolean> {
  if (created_by === null) return true
  const maker = await ownerNow(tx, created_by)
  if (!maker) return false
  const account = await accountOf(tx, user_id)
  return requireAllOf(tx, maker, 'users.create', account).then(() => true, ifRefused)
}

function ifRefused(error: unknown): false {
  if (error instanceof AppError && error.code === 'forbidden') return false
  throw error
}
