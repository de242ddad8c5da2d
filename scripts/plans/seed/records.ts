import type { Counts } from './functions.ts'

/** Seven of ten tokens are of people; one in ten is revoked, and one in five has expired. */
const tokens = ({ people, accounts, tokens }: Counts): string => `
  INSERT INTO tokens (id, owner_id, created_by, name, token_hash, hint, permissions, tenants, created_at,
    expires_at, revoked_at, revoked_by)
  SELECT pg_temp.token(n), owner, owner, 'token ' || pg_temp.name(n, 400), sha256(('token ' || n)::bytea), 'hint',
    ARRAY['tenants.read', 'users.read', 'product_01.use', 'product_02.use'],
    CASE WHEN word IS NOT NULL THEN ARRAY[word] WHEN n % 10 < 7
      THEN ARRAY[pg_temp.first_tenant(number)::text, pg_temp.second_tenant(number)::text]
      ELSE ARRAY[pg_temp.first_tenant(number)::text] END,
    pg_temp.at(n, ${tokens}),
    CASE WHEN n % 5 = 0 THEN pg_temp.at(n, ${tokens}) + interval '1 hour'
      WHEN n % 5 < 4 THEN now() + n % 300 * interval '1 day' + interval '1 day' END,
    CASE WHEN n % 10 = 1 THEN now() END, CASE WHEN n % 10 = 1 THEN owner END
  FROM generate_series($1::int, $2::int) AS n,
    LATERAL (SELECT CASE WHEN n % 10 < 7 THEN pg_temp.spread(n, 5, ${people})
      ELSE pg_temp.spread(n, 6, ${accounts}) END AS number) AS numbered,
    LATERAL (SELECT pg_temp.word(number) AS word,
      CASE WHEN n % 10 < 7 THEN pg_temp.person(number) ELSE pg_temp.account(number) END AS owner) AS whose`

const events = ({ people, tokens, events }: Counts): string => `
  INSERT INTO audit_events (id, at, actor_id, actor_name, credential_kind, credential_id, action, target_type,
    target_id, tenant_ids, after, correlation_id, ip)
  SELECT pg_temp.id('event', n, ${events}), pg_temp.at(n, ${events}), pg_temp.person(number),
    pg_temp.name(number, 200), 'session', pg_temp.id('session', number, ${people}), action,
    split_part(action, '.', 1), pg_temp.token(pg_temp.spread(n, 8, ${tokens}))::text,
    CASE WHEN n % 20 = 0 THEN '{}' WHEN n % 20 = 1
      THEN ARRAY[pg_temp.first_tenant(number), pg_temp.second_tenant(number)]
      ELSE ARRAY[pg_temp.first_tenant(number)] END,
    jsonb_build_object('name', 'a thing of number ' || n), md5(n::text), '192.0.2.7'
  FROM generate_series($1::int, $2::int) AS n, LATERAL pg_temp.spread(n, 7, ${people}) AS number,
    LATERAL (SELECT CASE WHEN n % 5000 = 0 THEN 'settings.updated' ELSE (ARRAY['token.created', 'token.revoked',
      'session.created', 'session.ended', 'user.created', 'grant.created', 'tenant.assigned'])[1 + n % 7] END AS action) AS did`

/** In parts of `$1` to `$2`: each of them as many times as it says. */
export const inParts = (counts: Counts): { count: number; text: string }[] => [
  { count: counts.tokens, text: tokens(counts) },
  { count: counts.events, text: events(counts) },
]

export const records = ({
  people,
  tokens,
  sessions,
  limitRequests,
  systemTokens,
}: Counts): string[] => [
  `INSERT INTO token_usage (token_id, last_used_at, last_used_ip)
   SELECT pg_temp.token(n), now() - n % 90 * interval '1 day', '192.0.2.7'
   FROM generate_series(0, ${tokens} - 1, 2) AS n`,
  `INSERT INTO tenant_blocks (token_id, tenant_id, reason, created_by)
   SELECT pg_temp.token(n), pg_temp.tenant(0), 'too much at night', pg_temp.person(0)
   FROM generate_series(0, ${tokens} - 1, 100) AS n`,
  `INSERT INTO tokens (id, owner_id, created_by, name, token_hash, hint, permissions, tenants, created_at)
   SELECT pg_temp.id('system', n, ${systemTokens}), '00000000-0000-7000-8000-000000000000', pg_temp.person(0),
     'system ' || pg_temp.name(n, 500), sha256(('system ' || n)::bytea), 'hint', '{*.*}', '{any}',
     pg_temp.at(n, ${systemTokens})
   FROM generate_series(0, ${systemTokens} - 1) AS n`,
  `INSERT INTO sessions (id, user_id, created_at, last_used_at, idle_expires_at, expires_at, ended_at)
   SELECT pg_temp.id('session', n, ${people}), pg_temp.person(n % ${people}), now() - interval '1 hour',
     now() - n % 3000 * interval '1 second', now() + interval '30 days', now() + interval '30 days',
     CASE WHEN n % 2 = 1 THEN now() END
   FROM generate_series(0, ${sessions} - 1) AS n`,
  `INSERT INTO token_limit_requests (id, user_id, requested_limit, reason, status, created_at, decided_at, decided_by)
   SELECT pg_temp.id('request', n, ${limitRequests}), pg_temp.person(n), 4 + n % 7, 'more regions',
     CASE WHEN n % 20 = 0 THEN 'pending' WHEN n % 3 = 0 THEN 'denied' ELSE 'approved' END::token_limit_request_status,
     pg_temp.at(n, ${limitRequests}),
     CASE WHEN n % 20 > 0 THEN pg_temp.at(n, ${limitRequests}) + interval '1 hour' END,
     CASE WHEN n % 20 > 0 THEN pg_temp.person(0) END
   FROM generate_series(0, ${limitRequests} - 1) AS n`,
  `INSERT INTO idempotency_keys (user_id, key, request_hash, status, created_at)
   SELECT pg_temp.person(n), md5(n::text), sha256(n::text::bytea), 201, now() - n * interval '0.5 seconds'
   FROM generate_series(0, ${limitRequests} - 1) AS n`,
]
