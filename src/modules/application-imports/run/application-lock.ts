import type pg from 'pg'
import type { Transaction } from '../../../audit/record-event.ts'
import { TryAgain } from './run.ts'

/**
 * A connection that alone may work on this application, until it is given back or breaks: two imports of one
 * application never overlap, also where a worker was given up for dead and isn't. Null: another has it.
 */
export async function withApplicationLock<Result>(
  pool: pg.Pool,
  application_id: string,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result | null> {
  const client = await pool.connect()
  let isClean = false
  try {
    const { rows } = await client.query<{ has: boolean }>(
      `SELECT pg_try_advisory_lock(hashtextextended('import into ' || $1, 0)) AS has`,
      [application_id],
    )
    if (!rows[0]?.has) {
      isClean = true
      return null
    }
    const result = await work(client)
    await client.query('SELECT pg_advisory_unlock_all()')
    isClean = true
    return result
  } finally {
    // With the connection goes the lock, and a COPY that nobody ended.
    client.release(!isClean)
  }
}

/**
 * The same for the transaction that swaps, which is over another connection: the one above is idle meanwhile, and its
 * lock is gone with it where it breaks.
 */
export async function lockSwap(tx: Transaction, application_id: string): Promise<void> {
  const [{ has }] = await tx.$queryRaw<[{ has: boolean }]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('swap into ' || ${application_id}, 0)) AS has`
  if (!has) throw new TryAgain('An import of this application is being swapped in elsewhere')
}
