import type pg from 'pg'
import type { Clock } from '../clock.ts'
import { isDatabaseFault } from '../db/faults.ts'

/** A use is written at most this often per token; less by the tick, so that it is never a minute behind. */
const intervalMs = 59_000
const tickMs = 1000

export type LastUsed = {
  record(tokenId: string, ip: string | null): void
  /** How many tokens have a use that is not written yet. */
  pending(): number
  /** Writes what is left, and stops. */
  stop(): Promise<void>
}

type Use = { at: number; ip: string | null }

/**
 * Remembers when each token was last used, and writes that in batches off the request's path. Of a use
 * the database is told its age, not its time: its own clock decides, whatever ours says.
 */
export function lastUsedWriter(
  pool: pg.Pool,
  clock: Clock,
  onError: (error: unknown) => void,
): LastUsed {
  const pending = new Map<string, Use>()
  /** When each token's last use was written, by whichever process; for a minute at most. */
  const written = new Map<string, number>()
  const now = () => clock().getTime()

  async function write(due: [string, Use][], sinceMs: number): Promise<void> {
    if (due.length === 0) return
    for (const [id] of due) pending.delete(id)
    try {
      const { rows } = await pool.query<{ id: string; age: number; is_new: boolean }>({
        name: 'write_last_used',
        text: statement,
        values: [
          due.map(([id]) => id),
          due.map(([, { at }]) => now() - at),
          due.map(([, { ip }]) => ip),
          sinceMs,
        ],
      })
      for (const { id, age } of rows) written.set(id, now() - age)
      // Another process wrote this minute's use: ours waits for the next.
      const others = new Set(rows.filter(({ is_new }) => !is_new).map(({ id }) => id))
      keep(due.filter(([id]) => others.has(id)))
    } catch (error) {
      // What the database refuses to store is the address; the time of the use is not lost with it.
      keep(isDatabaseFault(error) ? due : due.map(([id, { at }]) => [id, { at, ip: null }]))
      onError(error)
    }
  }

  function keep(uses: [string, Use][]): void {
    for (const [id, use] of uses) if (!pending.has(id)) pending.set(id, use)
  }

  let writing = Promise.resolve()
  const timer = setInterval(() => {
    for (const [id, at] of written) if (at <= now() - intervalMs) written.delete(id)
    const due = [...pending].filter(([id]) => !written.has(id))
    writing = writing.then(() => write(due, intervalMs))
  }, tickMs).unref()

  return {
    record: (tokenId, ip) => void pending.set(tokenId, { at: now(), ip }),
    pending: () => pending.size,
    async stop() {
      clearInterval(timer)
      await writing
      await write([...pending], 0)
    },
  }
}

/**
 * In the order of ids, so that two processes that write the same tokens wait for one another in one
 * order. Answers for each id how old the stored use is now, and whether it is the one just given.
 */
const statement = `
  WITH used AS (
    SELECT id, now() - age * interval '1 millisecond' AS at, ip
    FROM unnest($1::uuid[], $2::float8[], $3::inet[]) AS given (id, age, ip)
    ORDER BY id
  ),
  written AS (
    INSERT INTO token_usage (token_id, last_used_at, last_used_ip)
    SELECT id, at, ip FROM used
    ON CONFLICT (token_id) DO UPDATE
      SET last_used_at = excluded.last_used_at, last_used_ip = excluded.last_used_ip
      WHERE token_usage.last_used_at + $4::float8 * interval '1 millisecond' < excluded.last_used_at
    RETURNING token_id, last_used_at
  )
  SELECT used.id, w.token_id IS NOT NULL AS is_new,
    extract(epoch FROM now() - coalesce(w.last_used_at, u.last_used_at, used.at))::float8 * 1000 AS age
  FROM used
  LEFT JOIN written w ON w.token_id = used.id
  LEFT JOIN token_usage u ON u.token_id = used.id`
