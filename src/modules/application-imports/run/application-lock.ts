import type pg from 'pg'

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
