import type { TestDatabase } from '../support/database.ts'

/** Tables that count requests instead of keeping what they changed. */
const counting = ['token_usage']

async function tablesOf({ sql }: TestDatabase): Promise<string[]> {
  const tables = await sql<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  )
  return tables.map(({ name }) => name).filter((name) => !counting.includes(name))
}

/** A digest of each table, to compare before and after: whoever changed a single value is found. */
export async function stateOf(database: TestDatabase): Promise<Record<string, string>> {
  const digests = (await tablesOf(database)).map(
    (name) =>
      `(SELECT md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM ${name} t) AS ${name}`,
  )
  const [row] = await database.sql<Record<string, string>>(`SELECT ${digests.join(', ')}`)
  return row ?? {}
}

/**
 * Tells, call by call, which tables hold a row that was written since the last call by a transaction that
 * wrote no audit event.
 */
export async function watch(database: TestDatabase): Promise<() => Promise<string[]>> {
  const rows = (await tablesOf(database)).map(
    (name) =>
      `SELECT '${name}' AS name FROM ${name} t WHERE t.xmin::text::int > $1
       AND t.xmin::text NOT IN (SELECT a.xmin::text FROM audit_events a WHERE a.xmin::text::int > $1)`,
  )
  const look = `SELECT ARRAY(${rows.join(' UNION ')}) AS tables, pg_current_xact_id()::text::int AS now`
  let since = 0
  const next = async () => {
    const [row] = await database.sql<{ tables: string[]; now: number }>(look, [since])
    since = row?.now ?? 0
    return row?.tables ?? []
  }
  await next()
  return next
}

/** How many events tell of changes by these requests. */
export async function eventsOf({ sql }: TestDatabase, correlationIds: string[]): Promise<number> {
  const [row] = await sql<{ events: number }>(
    'SELECT count(*)::int AS events FROM audit_events WHERE correlation_id = ANY($1)',
    [correlationIds],
  )
  return row?.events ?? 0
}
