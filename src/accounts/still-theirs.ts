import { type Beginner, beginnerNow } from '../access/changing.ts'
import type { Transaction } from '../audit/record-event.ts'
import type { Invitation } from '../generated/prisma/client.ts'
import { AppError } from '../http/errors.ts'
import { accountOf } from './lock-target.ts'
import { requireAllOf } from './require-all-of.ts'

type Made = Pick<Invitation, 'user_id' | 'created_by' | 'created_by_token_id'>

/** Who was shown a link: a person who was signed in, or a token, which is as narrow as it is. */
export function makerOf({ created_by, created_by_token_id }: Made): Beginner | null {
  if (created_by === null) return null
  const credential =
    created_by_token_id === null
      ? ({ kind: 'session', id: created_by } as const)
      : ({ kind: 'personal_access_token', id: created_by_token_id } as const)
  return { user_id: created_by, credential }
}

/**
 * Who was shown a link may have kept a copy: it is good for as long as they hold all that its person holds, and is no way
 * to more. One that only a mail holds was shown to nobody. Call lockForWork before.
 */
export async function isStillTheirs(tx: Transaction, made: Made): Promise<boolean> {
  const by = makerOf(made)
  if (by === null) return true
  const maker = await beginnerNow(tx, by)
  if (!maker) return false
  const account = await accountOf(tx, made.user_id)
  return requireAllOf(tx, maker, 'users.create', account).then(() => true, ifRefused)
}

function ifRefused(error: unknown): false {
  if (error instanceof AppError && error.code === 'forbidden') return false
  throw error
}
