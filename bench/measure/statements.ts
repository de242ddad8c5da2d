import type pg from 'pg'

/** Statements that were run since the last reset. */
export type Statements = {
  /** For the sake of requests: looks, reads of authority, and whatever an operation asks. */
  ofRequests: number
  /** Off the request's path: writing last used, pruning, looking for jobs, and what this benchmark does itself. */
  beside: number
}

export async function resetStatements(client: pg.Client): Promise<void> {
  await client.query('SELECT pg_stat_statements_reset()')
}

export async function countStatements(client: pg.Client): Promise<Statements> {
  const { rows } = await client.query<{ is_beside: boolean; calls: number }>(
    `SELECT s.userid = r.oid OR s.query ~ 'token_usage|^DELETE|pgboss|outbox_events|pg_advisory' AS is_beside, sum(s.calls)::float8 AS calls
     FROM pg_stat_statements s, pg_roles r
     WHERE r.rolname = session_user AND s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
     GROUP BY 1`,
  )
  const of = (beside: boolean) => rows.find(({ is_beside }) => is_beside === beside)?.calls ?? 0
  return { ofRequests: of(false), beside: of(true) }
}
