import type pg from 'pg'
import { askAnew } from '../db/ask-anew.ts'
import { unavailable } from '../http/errors.ts'
import type { Change } from './changes.ts'

/** What one look at the feed saw. */
export type Look = {
  /** The database's clock at the look. */
  now: Date
  /** What was committed since the last look; null: unknown, so everything may have changed. */
  changes: Change[] | null
}

/**
 * Rows are kept for ten minutes (prune.ts). Whoever hasn't looked for half of that takes what it keeps for
 * lost: by its own clock, or by the database's, which also runs while this machine sleeps.
 */
const sightMs = 300_000

/** The look before, as far as the next one needs it. */
type Before = { row: Row; sent_at: number }

/**
 * Looks at the feed of changes over a connection of its own. What a look reports is exactly what became
 * visible since the one before: rows of transactions that were not visible in that one's snapshot. Neither
 * the order of commits nor gaps in sequences matter. A new connection knows of no look before.
 */
export function feedReader(connect: () => Promise<pg.Client>): {
  look(): Promise<Look>
  close(): Promise<void>
} {
  let client: pg.Client | null = null
  let before: Before | null = null
  let isClosed = false

  async function lookOnce(): Promise<Look> {
    const sent_at = performance.now()
    try {
      client ??= await open()
      const values = [before?.row.snapshot ?? null]
      const { rows } = await client.query<Row>({ ...statement, values })
      const [row] = rows
      if (!row || row.is_replica)
        throw unavailable('a replica', new Error('The database is a replica'))
      const isKnown = before !== null && continues(before, { row, sent_at })
      before = { row, sent_at }
      return { now: row.now, changes: isKnown ? (row.changes ?? []) : null }
    } catch (error) {
      drop()
      throw error
    }
  }

  async function open(): Promise<pg.Client> {
    const opened = await connect()
    if (isClosed) {
      await opened.end()
      throw unavailable('the feed was closed meanwhile')
    }
    // What broke while nobody asked is opened anew by the next look, which then need not fail.
    opened.once('end', () => {
      if (client === opened) drop()
    })
    return opened
  }

  function drop(): void {
    const broken = client
    client = null
    before = null
    broken?.end().catch(() => undefined)
  }

  return {
    look: () => askAnew(lookOnce),
    async close() {
      isClosed = true
      const open = client
      client = null
      await open?.end()
    },
  }
}

type Row = {
  now: Date
  /** When this server started: through a pooler the same connection may lead to another server. */
  server_started_at: string
  snapshot: string
  is_replica: boolean
  /** False where the server has lost transactions that the look before knew of. */
  is_later: boolean
  changes: Change[] | null
}

/** Does a look see everything that became visible since the one before it? */
function continues(before: Before, { row, sent_at }: Before): boolean {
  const elapsed = row.now.getTime() - before.row.now.getTime()
  return (
    row.server_started_at === before.row.server_started_at &&
    row.is_later &&
    sent_at - before.sent_at < sightMs &&
    elapsed < sightMs &&
    elapsed >= 0
  )
}

const statement = {
  name: 'look_at_authority_changes',
  text: `
    SELECT now() AS now, pg_postmaster_start_time()::text AS server_started_at,
      pg_current_snapshot()::text AS snapshot, pg_is_in_recovery() AS is_replica,
      coalesce(pg_snapshot_xmax(pg_current_snapshot()) >= pg_snapshot_xmax($1::pg_snapshot), true) AS is_later,
      (
        SELECT json_agg(json_build_object('kind', kind, 'keys', keys))
        FROM authority_changes
        WHERE xid >= pg_snapshot_xmin($1::pg_snapshot) AND NOT pg_visible_in_snapshot(xid, $1::pg_snapshot)
      ) AS changes`,
}
