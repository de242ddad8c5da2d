import type pg from 'pg'

export const sizes = { events: 10_000, users: 1_000, permissions: 500 }

/** As many as a large platform has of what the console lists, each found by its number. */
export async function seed(client: pg.Client, ownerId: string): Promise<void> {
  await client.query(
    `INSERT INTO permissions (name, scope, description)
     SELECT format('resource_%s.action_%s', lpad((n / 10)::text, 2, '0'), n % 10), 'tenant',
       'What one may do with the resources of the kind ' || n / 10
     FROM generate_series(0, $1::int - 1) AS n`,
    [sizes.permissions],
  )
  await client.query(
    `INSERT INTO users (id, email, name, status)
     SELECT gen_random_uuid(), format('person%s@example.com', n), 'Person ' || lpad(n::text, 4, '0'), 'active'
     FROM generate_series(1, $1::int) AS n`,
    [sizes.users],
  )
  await client.query(
    `INSERT INTO audit_events (id, at, actor_id, actor_name, action, target_type, target_id, tenant_ids, before, after)
     SELECT gen_random_uuid(), now() - n * interval '1 minute', $2, 'Administrator', 'user.updated', 'user',
       'event-' || n, '{}', '{"name": "Before"}', jsonb_build_object('name', 'Person ' || n)
     FROM generate_series(1, $1::int) AS n`,
    [sizes.events, ownerId],
  )
  await client.query(
    `INSERT INTO tokens (id, owner_id, created_by, name, token_hash, hint, permissions, tenants)
     SELECT gen_random_uuid(), $1, $1, 'Token ' || n, sha256(n::text::bytea), '000' || n, ARRAY['users.read'], ARRAY['any']
     FROM generate_series(1, 3) AS n`,
    [ownerId],
  )
  await client.query('ANALYZE')
}
