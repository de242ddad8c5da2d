import type pg from 'pg'

const everyMs = 60_000

/** Rows that every process has long seen; those of transactions that may still be looked for stay. */
const statement = {
  name: 'prune_authority_changes',
  text: `DELETE FROM authority_changes
    WHERE at < now() - interval '10 minutes' AND xid < pg_snapshot_xmin(pg_current_snapshot())`,
}

/** Keeps the feed short. Answers with how to stop. */
export function pruneFeed(pool: pg.Pool, onError: (error: unknown) => void): () => void {
  const timer = setInterval(() => {
    pool.query(statement).catch(onError)
  }, everyMs).unref()
  return () => clearInterval(timer)
}
