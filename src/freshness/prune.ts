import type pg from 'pg'

/** Longer than anybody goes without a look and still trusts what they keep (feed.ts). */
const everyMs = 600_000

/**
 * `$1` is the snapshot of the run before: what was visible in it has been visible for as long as that is
 * ago. The age of a row says nothing of this: it is written at the start of a transaction, which may end
 * at any time later.
 */
const statement = {
  name: 'prune_authority_changes',
  text: `
    WITH pruned AS (
      DELETE FROM authority_changes
      WHERE at < now() - interval '10 minutes' AND pg_visible_in_snapshot(xid, $1::pg_snapshot)
    )
    SELECT pg_current_snapshot()::text AS snapshot`,
}

/** Each run deletes the rows that were visible at the one before. */
export function feedPruner(pool: Pick<pg.Pool, 'query'>): () => Promise<void> {
  let seen: string | null = null
  return async () => {
    const { rows } = await pool.query<{ snapshot: string }>({ ...statement, values: [seen] })
    seen = rows[0]?.snapshot ?? null
  }
}

/** Keeps the feed short: rows live for ten to twenty minutes. Answers with how to stop. */
export function pruneFeed(pool: pg.Pool, onError: (error: unknown) => void): () => void {
  const prune = feedPruner(pool)
  const timer = setInterval(() => {
    prune().catch(onError)
  }, everyMs).unref()
  return () => clearInterval(timer)
}
