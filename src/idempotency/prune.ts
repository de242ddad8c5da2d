import type pg from 'pg'

const everyMs = 60_000
const batch = 5000

/** Forgets the old answers every minute, off the path of any request. Returns how to stop it. */
export function pruneIdempotencyKeys(pool: pg.Pool, onError: (error: unknown) => void): () => void {
  const timer = setInterval(() => forgetOldAnswers(pool).catch(onError), everyMs).unref()
  return () => clearInterval(timer)
}

/** Those that are older than a day by the database's clock, the oldest first and so many at a time. */
export async function forgetOldAnswers(pool: pg.Pool): Promise<void> {
  await pool.query(statement, [batch])
}

/** Several processes prune at once: each skips what another is about to forget, or a request holds. */
const statement = `
  DELETE FROM idempotency_keys WHERE (user_id, key) IN (
    SELECT user_id, key FROM idempotency_keys
    WHERE created_at <= now() - interval '24 hours'
    ORDER BY created_at LIMIT $1 FOR UPDATE SKIP LOCKED
  )`
