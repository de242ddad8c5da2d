import type pg from 'pg'
import type { Clock } from '../clock.ts'
import { isDatabaseFault } from '../db/faults.ts'
import { type Written, writeLastUsed } from './last-used-query.ts'

/** A use is written at most this often per token; less by the tick, so that it is never a minute behind. */
const intervalMs = 59_000
const tickMs = 1000
/** In one statement: more would keep requests waiting while it is put together. */
const batchMax = 500
/** What another process adds at the same moment is there for the second turn. */
const lastTurns = 2

export type LastUsed = {
  record(tokenId: string, ip: string | null): void
  /** How many tokens have a use that is not written yet. */
  pending(): number
  /** Writes what is left so far. */
  flush(): Promise<void>
  /** The same, and stops. */
  stop(): Promise<void>
}

type Use = {
  at: number
  ip: string | null
  isPending: boolean
  /** When this token's last use was written, by whichever process; null: not within the last minute, or unknown. */
  written_at: number | null
}

/**
 * Remembers when each token was last used, and writes that in batches off the request's path. Of a use
 * the database is told its age, not its time: its own clock decides, whatever ours says.
 */
export function lastUsedWriter(
  pool: pg.Pool,
  clock: Clock,
  onError: (error: unknown) => void,
): LastUsed {
  const uses = new Map<string, Use>()
  const now = () => clock().getTime()
  const pending = () => [...uses].filter(([, { isPending }]) => isPending)

  /** Those whose minute is over; what nobody used since then is forgotten. */
  function takeDue(): [string, Use][] {
    const due: [string, Use][] = []
    const minuteAgo = now() - intervalMs
    for (const entry of uses) {
      const [id, { written_at, isPending }] = entry
      if (written_at !== null && written_at > minuteAgo) continue
      if (isPending) due.push(entry)
      else uses.delete(id)
    }
    return due
  }

  /** Says whether the database is there. */
  async function writeAll(due: [string, Use][], isLast = false): Promise<boolean> {
    for (let at = 0; at < due.length; at += batchMax) {
      const isThere = await write(due.slice(at, at + batchMax), isLast)
      // Where the database is away, the others would wait in vain, too.
      if (!isThere) return false
    }
    return true
  }

  async function write(due: [string, Use][], isLast: boolean): Promise<boolean> {
    const values = [
      due.map(([id]) => id),
      due.map(([, { at }]) => now() - at),
      due.map(([, { ip }]) => ip),
      isLast ? 0 : intervalMs,
    ]
    for (const [, use] of due) use.isPending = false
    try {
      const statement = writeLastUsed(isLast ? 'wait' : 'leave')
      const { rows } = await pool.query<Written>({ ...statement, values })
      const written = new Map(rows.map((row) => [row.id, row]))
      for (const [id, use] of due) settle(use, written.get(id), now(), isLast)
      return true
    } catch (error) {
      keep(due, error)
      onError(error)
      return !isDatabaseFault(error)
    }
  }

  function flush(): Promise<void> {
    writing = writing.then(async () => {
      // A database that hangs is waited for once, not in each turn: the process has ten seconds to end.
      for (let turn = 0; turn < lastTurns; turn += 1) if (!(await writeAll(pending(), true))) return
    })
    return writing
  }

  let writing = Promise.resolve()
  const timer = setInterval(() => {
    writing = writing.then(async () => {
      await writeAll(takeDue())
    })
  }, tickMs).unref()

  return {
    record(tokenId, ip) {
      const known = uses.get(tokenId)
      if (known === undefined) {
        uses.set(tokenId, { at: now(), ip, isPending: true, written_at: null })
        return
      }
      known.at = now()
      // A use whose address is unknown (an introspection) leaves the one that is known.
      known.ip = ip ?? known.ip
      known.isPending = true
    },
    pending: () => pending().length,
    flush,
    stop() {
      clearInterval(timer)
      return flush()
    },
  }
}

function keep(due: [string, Use][], error: unknown): void {
  for (const [, use] of due) {
    use.isPending = true
    // What the database refuses to store is the address; the time of the use is not lost with it.
    if (!isDatabaseFault(error)) use.ip = null
  }
}

function settle(use: Use, row: Written | undefined, now: number, isLast: boolean): void {
  if (row) use.written_at = now - row.age
  // Another process is writing, or has written this minute's use: ours waits for its turn.
  if (!row || !(row.is_new || isLast)) use.isPending = true
}
