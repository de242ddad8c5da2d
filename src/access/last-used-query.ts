/** A row that was not left to another process. */
export type Written = { id: string; age: number; is_new: boolean }

/**
 * Rows are locked in the order of their ids; those that another process is writing are left to it, so that two
 * that write the same tokens need not wait for one another. A last write at the end of a process waits. Answers,
 * for each row that was not left, how old the stored use is now, and whether it is the one just given. A row that
 * another process adds at the same moment is left, too.
 */
export const writeLastUsed = (onLocked: 'leave' | 'wait') => ({
  name: `write_last_used_${onLocked}`,
  text: `
  WITH used AS (
    SELECT id, now() - age * interval '1 millisecond' AS at, ip
    FROM unnest($1::uuid[], $2::float8[], $3::inet[]) AS given (id, age, ip)
  ),
  free AS (
    SELECT token_id, last_used_at FROM token_usage
    WHERE token_id = ANY ($1::uuid[])
    ORDER BY token_id
    FOR UPDATE ${onLocked === 'leave' ? 'SKIP LOCKED' : ''}
  ),
  updated AS (
    UPDATE token_usage SET last_used_at = used.at, last_used_ip = coalesce(used.ip, last_used_ip)
    FROM used JOIN free ON free.token_id = used.id
    WHERE token_usage.token_id = used.id
      AND free.last_used_at + $4::float8 * interval '1 millisecond' < used.at
    RETURNING token_usage.token_id, token_usage.last_used_at
  ),
  added AS (
    INSERT INTO token_usage (token_id, last_used_at, last_used_ip)
    SELECT id, at, ip FROM used
    WHERE NOT EXISTS (SELECT FROM token_usage WHERE token_id = used.id)
      AND EXISTS (SELECT FROM tokens WHERE tokens.id = used.id)
    ORDER BY id
    ON CONFLICT (token_id) DO NOTHING
    RETURNING token_id, last_used_at
  ),
  known AS (
    SELECT token_id, last_used_at, true AS is_new FROM updated
    UNION ALL
    SELECT token_id, last_used_at, true FROM added
    UNION ALL
    SELECT token_id, last_used_at, false FROM free
    WHERE NOT EXISTS (SELECT FROM updated WHERE updated.token_id = free.token_id)
  )
  SELECT token_id AS id, is_new, extract(epoch FROM now() - last_used_at)::float8 * 1000 AS age FROM known`,
})
