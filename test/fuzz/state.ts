import type { TestServer } from '../support/server.ts'

/** Tables that count requests instead of keeping what they changed. */
const counting = ['token_usage']

/** A digest of each table, to compare before and after: whoever changed a single value is found. */
export async function stateOf({ database }: TestServer): Promise<Record<string, string>> {
  const tables = await database.sql<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  )
  const digests = tables
    .filter(({ name }) => !counting.includes(name))
    .map(
      ({ name }) =>
        `(SELECT md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM ${name} t) AS ${name}`,
    )
  const [row] = await database.sql<Record<string, string>>(`SELECT ${digests.join(', ')}`)
  return row ?? {}
}

/** How many events tell of changes by these requests. */
export async function eventsOf(
  { database }: TestServer,
  correlationIds: string[],
): Promise<number> {
  const [row] = await database.sql<{ events: number }>(
    'SELECT count(*)::int AS events FROM audit_events WHERE correlation_id = ANY($1)',
    [correlationIds],
  )
  return row?.events ?? 0
}
