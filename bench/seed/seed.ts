import type pg from 'pg'
import { hashToken } from '../../src/access/token.ts'
import type { Asked } from './asked.ts'
import { type Shape, shapeOf, storedPermissions } from './shape.ts'

const registered = 67
const batch = 10_000

/** What the host product adds to the catalogue, for a hundred permissions in all; then the shape of all the rest. */
export async function seedCatalogue(client: pg.Client, size: number): Promise<Shape> {
  await client.query(
    `INSERT INTO permissions (name, scope, description)
     SELECT format('product_%s.use', lpad(i::text, 2, '0')), 'tenant', 'Of the host product'
     FROM generate_series(1, $1) AS i`,
    [registered],
  )
  const { rows } = await client.query<{ name: string }>(
    `SELECT name FROM permissions WHERE scope = 'tenant' ORDER BY name`,
  )
  return shapeOf(
    size,
    rows.map(({ name }) => name),
  )
}

export async function seedOwners(client: pg.Client, shape: Shape): Promise<void> {
  const { users, tenantIds, roles } = shape
  await client.query(
    `INSERT INTO tenants (id, slug, name, type)
     SELECT id, 't-' || n, 'Tenant ' || n, 'production' FROM unnest($1::uuid[]) WITH ORDINALITY AS given (id, n)`,
    [tenantIds],
  )
  for (const [at, { id, permissions }] of roles.entries()) {
    await client.query('INSERT INTO roles (id, name, permissions) VALUES ($1, $2, $3)', [
      id,
      `bench-${at}`,
      permissions,
    ])
  }
  await client.query(
    `INSERT INTO users (id, email, name, status)
     SELECT md5('user ' || u)::uuid, 'u' || u || '@bench.test', 'User ' || u, 'active'
     FROM generate_series(0, $1 - 1) AS u`,
    [users],
  )
  await client.query(
    `INSERT INTO tenant_scopes (id, user_id, tenant_id)
     SELECT gen_random_uuid(), md5('user ' || u)::uuid, ($2::uuid[])[(u * 7 + s) % cardinality($2::uuid[]) + 1]
     FROM generate_series(0, $1 - 1) AS u, generate_series(0, 2) AS s`,
    [users, tenantIds],
  )
  await client.query(
    `INSERT INTO grants (id, user_id, role_id, tenant_id)
     SELECT gen_random_uuid(), md5('user ' || u)::uuid, ($3::uuid[])[(u + g) % cardinality($3::uuid[]) + 1],
       ($2::uuid[])[(u * 7 + g) % cardinality($2::uuid[]) + 1]
     FROM generate_series(0, $1 - 1) AS u, generate_series(0, 1) AS g`,
    [users, tenantIds, roles.map(({ id }) => id)],
  )
}

/** `known` are those that are presented; of the others nobody knows the secret. */
export async function seedTokens(
  client: pg.Client,
  { users, tenantIds, roles }: Shape,
  size: number,
  known: readonly Asked[],
): Promise<void> {
  const hashes = new Map(known.map(({ number, token }) => [number, hashToken(token)]))
  const end = Math.max(size, ...[...hashes.keys()].map((number) => number + 1))
  for (let from = 0; from < end; from += batch) {
    const to = Math.min(end, from + batch)
    const here = [...hashes].filter(([number]) => number >= from && number < to)
    await client.query(insertTokens, [
      from,
      to - 1,
      users,
      tenantIds,
      JSON.stringify(roles.map(({ permissions }) => permissions.slice(0, storedPermissions))),
      here.map(([number]) => number),
      here.map(([, hash]) => hash),
    ])
  }
  await client.query(
    `UPDATE tokens SET revoked_at = now(), revoked_by = owner_id WHERE name LIKE 'token %' AND substr(name, 7)::int >= $1`,
    [size],
  )
}

const insertTokens = `
  INSERT INTO tokens (id, owner_id, created_by, name, token_hash, hint, permissions, tenants)
  SELECT md5('token ' || n)::uuid, owner, owner, 'token ' || n,
    coalesce(known.hash, sha256(('token ' || n)::bytea)), 'hint',
    ARRAY(SELECT jsonb_array_elements_text($5::jsonb -> (u % jsonb_array_length($5::jsonb)))),
    ARRAY[
      ($4::text[])[(u * 7) % cardinality($4::text[]) + 1],
      ($4::text[])[(u * 7 + 1) % cardinality($4::text[]) + 1]
    ]
  FROM generate_series($1::int, $2::int) AS n
  CROSS JOIN LATERAL (SELECT n % $3::int AS u, md5('user ' || n % $3::int)::uuid AS owner) AS whose
  LEFT JOIN unnest($6::int[], $7::bytea[]) AS known (number, hash) ON known.number = n`
