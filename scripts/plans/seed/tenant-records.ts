import type { Counts } from './functions.ts'

/** What automation feeds tenants with. Everybody is on the books where they are; the big tenant has a big application. */
export const tenantRecords = ({ people, tenants }: Counts): string[] => [
  `INSERT INTO identities (id, tenant_id, first_name, last_name, email, status, created_at, inactivated_at)
   SELECT pg_temp.id('identity', n, ${people}), pg_temp.first_tenant(n), split_part(u.name, ' ', 1),
     split_part(u.name, ' ', 2), u.email,
     CASE n % 50 WHEN 3 THEN 'removed' WHEN 4 THEN 'disabled' ELSE 'active' END::identity_status,
     pg_temp.at(n, ${people}), CASE WHEN n % 50 IN (3, 4) THEN now() END
   FROM generate_series(0, ${people} - 1) AS n JOIN users u ON u.id = pg_temp.person(n)`,
  `INSERT INTO applications (id, tenant_id, name, priority, is_archived, created_at, last_updated)
   SELECT pg_temp.id('application', n, ${tenants * 5}), pg_temp.tenant(n % ${tenants}),
     pg_temp.name(n, 600) || ' ' || n,
     (ARRAY['none', 'low', 'moderate', 'high', 'critical'])[1 + n % 5]::application_priority,
     n % 20 = 3, pg_temp.at(n, ${tenants * 5}), now()
   FROM generate_series(0, ${tenants * 5} - 1) AS n`,
  `INSERT INTO file_groups (id, application_id, name)
   SELECT gen_random_uuid(), id, 'accounts' FROM applications`,
  `INSERT INTO application_accounts (application_id, account, email, privileges)
   SELECT pg_temp.id('application', 0, ${tenants * 5}), 'account-' || n,
     CASE WHEN n % 10 < 8 THEN u.email END, ARRAY['READ', 'WRITE']
   FROM generate_series(0, ${people} - 1) AS n JOIN users u ON u.id = pg_temp.person(n)`,
]
