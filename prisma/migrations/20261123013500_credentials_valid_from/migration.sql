-- AlterTable
ALTER TABLE "users" ADD COLUMN     "credentials_valid_from" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "settings" ADD COLUMN     "credentials_valid_from" TIMESTAMPTZ(3);

-- Both decide what is in force, for one person and for everybody. A row without a key of its own (the
-- settings) makes everything untrue that was read before: no keys.
CREATE OR REPLACE FUNCTION "record_authority_change"() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  rows_before text := format('SELECT %s FROM rows_before', TG_ARGV[2]);
  rows_after text := format('SELECT %s FROM rows_after', TG_ARGV[2]);
  changed text := CASE TG_OP
    WHEN 'INSERT' THEN rows_after
    WHEN 'DELETE' THEN rows_before
    WHEN 'UPDATE' THEN format('(%1$s EXCEPT %2$s) UNION ALL (%2$s EXCEPT %1$s)', rows_before, rows_after)
  END;
  found uuid[] := '{}';
BEGIN
  IF TG_OP <> 'TRUNCATE' THEN
    IF TG_ARGV[1] = '' THEN
      EXECUTE format('SELECT CASE WHEN count(*) > 0 THEN ''{}''::uuid[] END FROM (%s) AS changed', changed) INTO found;
    ELSE
      EXECUTE format('SELECT array_agg(DISTINCT %I) FROM (%s) AS changed', TG_ARGV[1], changed) INTO found;
    END IF;
    IF found IS NULL THEN RETURN NULL; END IF;
  END IF;
  INSERT INTO authority_changes (kind, keys)
  VALUES (
    TG_ARGV[0]::authority_change_kind,
    -- Beyond a hundred it costs the readers less to forget the kind.
    CASE WHEN cardinality(found) > 100 THEN '{}' ELSE found END
  );
  RETURN NULL;
END
$$;

-- Of sessions also the moment that a step-up rests on is watched.
DO $$
DECLARE
  source record;
  event text;
BEGIN
  FOR source IN
    SELECT * FROM (VALUES
      ('sessions', 'credential', 'id',
        'id, user_id, created_at, authenticated_at, expires_at, idle_expires_at, ended_at'),
      ('users', 'owner', 'id',
        'id, is_service_account, email, name, status, token_limit, token_limit_until, credentials_valid_from, deleted_at'),
      ('settings', 'owner', '', 'credentials_valid_from')
    ) AS watched (table_name, kind, key, columns)
  LOOP
    FOREACH event IN ARRAY '{UPDATE,DELETE,TRUNCATE}'::text[] LOOP
      EXECUTE format('DROP TRIGGER IF EXISTS %I ON %I',
        source.table_name || '_authority_' || lower(event), source.table_name);
      EXECUTE format(
        'CREATE TRIGGER %I AFTER %s ON %I %s FOR EACH STATEMENT EXECUTE FUNCTION record_authority_change(%L, %L, %L)',
        source.table_name || '_authority_' || lower(event), event, source.table_name,
        CASE event
          WHEN 'UPDATE' THEN 'REFERENCING OLD TABLE AS rows_before NEW TABLE AS rows_after'
          WHEN 'DELETE' THEN 'REFERENCING OLD TABLE AS rows_before'
          ELSE ''
        END,
        source.kind, source.key, source.columns
      );
      EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I',
        source.table_name, source.table_name || '_authority_' || lower(event));
    END LOOP;
  END LOOP;
END
$$;
