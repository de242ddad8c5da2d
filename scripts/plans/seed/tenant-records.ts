import type { Counts } from './functions.ts'

/** What automation feeds tenants with. Everybody is on the books where they are; the big tenant has a big application. */
export const tenantRecords = ({ people, tenants }: Counts): string[] => [
  `INSERT INTO identities (id, tenant_id, first_name, last_name, email, status, created_at, inactivated_at)
   SELECT pg_temp.id('identity', n, ${people}), pg_temp.first_tenant(n), split_part(u.name, ' ', 1),
     split_part(u.name, ' ', 2), u.email,
     CASE n % 50 WHEN 3 THEN 'removed' WHEN 4 THEN 'disabled' ELSE 'active' END::identity_status,
     pg_temp.at(n, ${people}), CASE WHEN n % 50 IN (3, 4) THEN now() END
   FROM generate_series(0, ${people} - 1) AS n JOIN users u ON u.id = pg_temp.person(n)`,
  `INSERT INTO personnel_events (id, tenant_id, type, status, failure, identity_id, plan, effective_date,
     reporter_id, reporter_name, reporter_credential_kind, reporter_credential_id, created_at)
   SELECT gen_random_uuid(), pg_temp.first_tenant(n),
     (ARRAY['offboard', 'role_transition', 'leave_of_absence', 'onboard'])[1 + n / 5 % 4]::personnel_event_type,
     (CASE WHEN n % 1000 = 0 THEN 'failed' WHEN n % 2000 = 5 THEN 'pending' WHEN n % 2000 = 10 THEN 'scheduled'
       ELSE 'completed' END)::personnel_event_status,
     CASE WHEN n % 1000 = 0 THEN 'xa' END, pg_temp.id('identity', n, ${people}), '{}',
     pg_temp.at(n, ${people})::date, pg_temp.person(n), 'xa', 'session', pg_temp.person(n), pg_temp.at(n, ${people})
   FROM generate_series(0, ${people} - 1, 5) AS n JOIN users u ON u.id = pg_temp.person(n)`,
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
