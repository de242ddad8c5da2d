import pg from 'pg'

/** What the database holds when all is over. */
export type Remains = {
  /** By name. */
  tokens: Map<string, { is_revoked: boolean }[]>
  registers: Map<string, number>
  /** What has no event, or an event and isn't there. */
  orphans: string[]
  /** Owners of more live tokens than they may have. */
  overfull: string[]
}

/** Reads as the owner of the database, past the API. */
export async function readRemains(databaseUrl: string): Promise<Remains> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const tokens: Remains['tokens'] = new Map()
    const { rows } = await client.query<{ name: string; is_revoked: boolean }>(
      'SELECT name, revoked_at IS NOT NULL AS is_revoked FROM tokens',
    )
    for (const row of rows) tokens.set(row.name, [...(tokens.get(row.name) ?? []), row])
    const registers = await client.query<{ id: string; value: string }>(
      `SELECT id::text, substr(name, 2) AS value FROM tenants WHERE name ~ '^v[0-9]+$'`,
    )
    const orphans = await client.query<{ what: string }>(findOrphans)
    const overfull = await client.query<{ what: string }>(findOverfull)
    return {
      tokens,
      registers: new Map(registers.rows.map(({ id, value }) => [id, Number(value)])),
      orphans: orphans.rows.map(({ what }) => what),
      overfull: overfull.rows.map(({ what }) => what),
    }
  } finally {
    await client.end()
  }
}

/** The events of a kind and what they tell of, joined both ways; what finds no partner is left. */
const findOrphans = `
  WITH state (target_id, action) AS (
    SELECT id::text, 'token.created' FROM tokens
    UNION ALL SELECT id::text, 'token.revoked' FROM tokens WHERE revoked_at IS NOT NULL
    UNION ALL SELECT id::text, 'tenant.created' FROM tenants
    UNION ALL SELECT id::text, 'user.created' FROM users WHERE email IS NOT NULL
    UNION ALL SELECT id::text, 'role.created' FROM roles WHERE NOT built_in
  ),
  event AS (
    SELECT target_id, action FROM audit_events
    WHERE action IN ('token.created', 'token.revoked', 'tenant.created', 'user.created', 'role.created')
  )
  SELECT coalesce(s.action, e.action) || ' ' || coalesce(s.target_id, e.target_id)
    || CASE WHEN e.action IS NULL THEN ' has no event' ELSE ' has no state' END AS what
  FROM state s FULL JOIN event e ON e.target_id = s.target_id AND e.action = s.action
  WHERE s.action IS NULL OR e.action IS NULL
  UNION ALL
  SELECT 'tenant ' || t.id || ' is called ' || t.name || ', and no event says so'
  FROM tenants t WHERE NOT EXISTS (
    SELECT FROM audit_events e WHERE e.target_id = t.id::text AND e.after ->> 'name' = t.name
  )`

const findOverfull = `
  SELECT u.id || ' has ' || count(*) || ' live tokens' AS what
  FROM users u JOIN tokens t ON t.owner_id = u.id
  WHERE t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()) AND u.email IS NOT NULL
  GROUP BY u.id HAVING count(*) > max(u.token_limit)`
