/** How long, in milliseconds, an answer is waited for: by us, by the server, and for a lock. */
export type Limits = { queryMs: number; statementMs: number; lockMs: number }

export const idleInTransactionMs = 10_000

/** The role that every connection takes (see the first migration): it can't rewrite the audit log. */
export const applicationRole = 'postern_app'

/** How a connection of ours is opened, whichever library does it. */
export function connectionOf(databaseUrl: string, limits: Limits, waitMs: number) {
  const { queryMs, statementMs, lockMs } = limits
  const { url, own } = withoutOptions(databaseUrl)
  return {
    connectionString: url,
    connectionTimeoutMillis: waitMs,
    query_timeout: queryMs,
    options: [
      own,
      `-c role=${applicationRole}`,
      `-c statement_timeout=${statementMs}`,
      `-c lock_timeout=${lockMs}`,
      `-c idle_in_transaction_session_timeout=${idleInTransactionMs}`,
      '-c timezone=UTC',
    ].join(' '),
    application_name: 'postern',
  }
}

/** pg lets `?options=` of the URL win over ours, which hold the role and the time-outs: both must be sent. */
function withoutOptions(databaseUrl: string): { url: string; own: string } {
  const url = new URL(databaseUrl)
  const own = url.searchParams.get('options') ?? ''
  url.searchParams.delete('options')
  return { url: url.toString(), own }
}
