import type { Counts } from './functions.ts'

/** Tenants, people, service accounts, and what they hold. `$1` are the ids of the roles. */
export const owners = ({ people, accounts, tenants }: Counts): string[] => [
  `INSERT INTO tenants (id, slug, name, type, status, created_at)
   SELECT pg_temp.tenant(n), 'tenant-' || n, pg_temp.name(n, 100) || ' Ltd',
     CASE WHEN n % 3 = 1 THEN 'test' ELSE 'production' END::tenant_type,
     CASE WHEN n % 50 = 49 THEN 'suspended' WHEN n % 50 = 48 THEN 'retired' ELSE 'active' END::tenant_status,
     pg_temp.at(n, ${tenants})
   FROM generate_series(0, ${tenants} - 1) AS n`,
  `INSERT INTO users (id, email, name, status, created_at, last_sign_in_at, deleted_at)
   SELECT pg_temp.person(n), replace(lower(name), ' ', '.') || n || '@' || n % 97 || '.example', name,
     CASE n % 50 WHEN 3 THEN 'deactivated' WHEN 4 THEN 'deactivated' WHEN 5 THEN 'invited' ELSE 'active' END::user_status,
     pg_temp.at(n, ${people}),
     CASE WHEN n % 5 < 4 THEN pg_temp.at(pg_temp.spread(n, 3, ${people}), ${people}) END,
     CASE WHEN n % 100 = 3 THEN now() END
   FROM generate_series(0, ${people} - 1) AS n, LATERAL pg_temp.name(n, 200) AS name`,
  `INSERT INTO users (id, is_service_account, name, status, created_at, deleted_at)
   SELECT pg_temp.account(n), true, 'job ' || pg_temp.name(n, 300),
     CASE n % 20 WHEN 3 THEN 'deactivated' ELSE 'active' END::user_status,
     pg_temp.at(n, ${accounts}), CASE WHEN n % 40 = 3 THEN now() END
   FROM generate_series(0, ${accounts} - 1) AS n`,
  `INSERT INTO accountable_people (service_account_id, user_id)
   SELECT pg_temp.account(n), pg_temp.person(pg_temp.spread(n, 4, ${people}))
   FROM generate_series(0, ${accounts} - 1) AS n WHERE n % 10 > 0`,
  // One in a hundred lies in no tenant.
  `INSERT INTO tenant_scopes (id, user_id, tenant_id, word)
   SELECT gen_random_uuid(), pg_temp.person(n), CASE WHEN pg_temp.word(n) IS NULL THEN tenant_id END,
     pg_temp.word(n)
   FROM generate_series(0, ${people} - 1) AS n,
     LATERAL (VALUES (pg_temp.first_tenant(n)), (pg_temp.second_tenant(n))) AS two (tenant_id)
   WHERE n % 100 <> 7 ON CONFLICT DO NOTHING`,
  `INSERT INTO tenant_scopes (id, user_id, tenant_id, word)
   SELECT gen_random_uuid(), pg_temp.account(n),
     CASE WHEN pg_temp.word(n) IS NULL THEN pg_temp.first_tenant(n) END, pg_temp.word(n)
   FROM generate_series(0, ${accounts} - 1) AS n`,
]

export const grants = ({ people, accounts }: Counts): string => `
  INSERT INTO grants (id, user_id, role_id, tenant_id, created_at)
  SELECT gen_random_uuid(), pg_temp.person(n), ($1::uuid[])[1 + (n + g) % cardinality($1::uuid[])],
    CASE WHEN pg_temp.word(n) IS NULL THEN
      CASE g WHEN 0 THEN pg_temp.first_tenant(n) ELSE pg_temp.second_tenant(n) END END,
    pg_temp.at(n, ${people})
  FROM generate_series(0, ${people} - 1) AS n, generate_series(0, 1) AS g
  UNION ALL
  SELECT gen_random_uuid(), pg_temp.account(n), ($1::uuid[])[1 + n % cardinality($1::uuid[])],
    pg_temp.first_tenant(n), pg_temp.at(n, ${accounts})
  FROM generate_series(0, ${accounts} - 1) AS n
  ON CONFLICT DO NOTHING`
