/** How many there are of each, for so many tokens. */
export type Counts = ReturnType<typeof countsOf>

export function countsOf(tokens: number) {
  return {
    tokens,
    people: Math.floor(tokens * 0.4),
    accounts: Math.floor(tokens * 0.1),
    tenants: Math.max(50, Math.floor(tokens / 200)),
    events: tokens,
    sessions: Math.floor(tokens * 0.2),
    limitRequests: Math.floor(tokens * 0.05),
    systemTokens: Math.floor(tokens * 0.005),
  }
}

/**
 * Who has what, by arithmetic on numbers from 0: no statement needs to look up what another has written. Ids
 * are UUIDv7s of the row's time, as real ones; the times run over two years. Of the people and accounts every
 * tenth is in tenant 0, the rest spread evenly: the usual tenant is small, and one is big.
 */
export const functions = ({ people, accounts, tenants, tokens }: Counts): string => `
  CREATE FUNCTION pg_temp.at(n bigint, count bigint) RETURNS timestamptz IMMUTABLE LANGUAGE sql AS
    $$ SELECT timestamptz '2024-11-01T00:00:00Z' + n * (interval '2 years' / count) $$;
  CREATE FUNCTION pg_temp.id(kind text, n bigint, count bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS
    $$ SELECT (lpad(to_hex((extract(epoch FROM pg_temp.at(n, count)) * 1000)::bigint), 12, '0')
      || '7' || substr(md5(kind || n), 1, 3) || '8' || substr(md5(kind || n), 4, 15))::uuid $$;
  CREATE FUNCTION pg_temp.spread(n bigint, salt int, count bigint) RETURNS bigint IMMUTABLE LANGUAGE sql AS
    $$ SELECT abs(hashint8extended(n, salt) % count) $$;
  CREATE FUNCTION pg_temp.tenant(n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS
    $$ SELECT pg_temp.id('tenant', n, ${tenants}) $$;
  CREATE FUNCTION pg_temp.person(n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS
    $$ SELECT pg_temp.id('person', n, ${people}) $$;
  CREATE FUNCTION pg_temp.account(n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS
    $$ SELECT pg_temp.id('account', n, ${accounts}) $$;
  CREATE FUNCTION pg_temp.token(n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS
    $$ SELECT pg_temp.id('token', n, ${tokens}) $$;
  CREATE FUNCTION pg_temp.first_tenant(n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS
    $$ SELECT pg_temp.tenant(CASE WHEN n % 10 = 0 THEN 0 ELSE pg_temp.spread(n, 1, ${tenants}) END) $$;
  CREATE FUNCTION pg_temp.second_tenant(n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS
    $$ SELECT pg_temp.tenant(pg_temp.spread(n, 2, ${tenants})) $$;
  -- Of every thousand one has any tenant, and two those of a type.
  CREATE FUNCTION pg_temp.word(n bigint) RETURNS text IMMUTABLE LANGUAGE sql AS
    $$ SELECT CASE n % 1000 WHEN 500 THEN 'any' WHEN 501 THEN 'type:test' WHEN 502 THEN 'type:production' END $$;
  CREATE FUNCTION pg_temp.name(n bigint, salt int) RETURNS text IMMUTABLE LANGUAGE sql AS
    $$ SELECT string_agg(CASE WHEN i IN (0, 3) THEN initcap(part) ELSE part END, '' ORDER BY i)
       FROM (
         SELECT i, (ARRAY['ka','lo','mi','ne','ra','su','ti','vo','be','du','fe','gi','ho','ja','ke','la',
           'mo','na','pe','qui','ro','sa','ta','ul','ve','wi','xa','yo','ze','bri','cla','dro'])[
             1 + pg_temp.spread(n, salt + i, 32)] || CASE WHEN i = 2 THEN ' ' ELSE '' END AS part
         FROM generate_series(0, 6) AS i
       ) AS parts $$;
`
