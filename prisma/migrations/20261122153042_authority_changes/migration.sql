-- CreateEnum
CREATE TYPE "authority_change_kind" AS ENUM ('credential', 'owner', 'role', 'tenant');

-- CreateTable
CREATE TABLE "authority_changes" (
    "id" BIGSERIAL NOT NULL,
    "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" "authority_change_kind" NOT NULL,
    "keys" UUID[],

    CONSTRAINT "authority_changes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "authority_changes_xid_idx" ON "authority_changes"("xid");

-- CreateIndex
CREATE INDEX "authority_changes_at_idx" ON "authority_changes"("at");

-- The feed of changes ------------------------------------------------------------------------------

-- Whatever authority is decided on writes here when it changes: in the transaction of the change, whoever
-- makes it, one row per statement. A process that has looked at the feed after a request arrived knows
-- which of the authorities that it keeps are no longer true (docs/adr/0020).
--
-- Arguments of the trigger: the kind, the column with the key, and the columns whose change counts.
-- It runs as the owner of the database, so a temporary table or type of the caller must not stand in for
-- ours (pg_temp comes last), and nobody else may hang it on a table, with arguments of their own.
CREATE FUNCTION "record_authority_change"() RETURNS trigger
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
    EXECUTE format('SELECT array_agg(DISTINCT %I) FROM (%s) AS changed', TG_ARGV[1], changed) INTO found;
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

REVOKE EXECUTE ON FUNCTION "record_authority_change"() FROM PUBLIC;

-- Rows of tokens and sessions are made before anybody can present them, and a role or tenant before
-- anybody has it: their INSERT changes no authority.
DO $$
DECLARE
  source record;
  event text;
BEGIN
  FOR source IN
    SELECT * FROM (VALUES
      ('tokens', 'credential', 'id', 'id, revoked_at', '{UPDATE,DELETE,TRUNCATE}'::text[]),
      ('sessions', 'credential', 'id', 'id, user_id, expires_at, idle_expires_at, ended_at',
        '{UPDATE,DELETE,TRUNCATE}'),
      ('tenant_blocks', 'credential', 'token_id', 'token_id, tenant_id', '{INSERT,UPDATE,DELETE,TRUNCATE}'),
      ('users', 'owner', 'id',
        'id, is_service_account, email, name, status, token_limit, token_limit_until, deleted_at',
        '{UPDATE,DELETE,TRUNCATE}'),
      ('tenant_scopes', 'owner', 'user_id', 'user_id, tenant_id, word', '{INSERT,UPDATE,DELETE,TRUNCATE}'),
      ('grants', 'owner', 'user_id', 'user_id, role_id, tenant_id', '{INSERT,UPDATE,DELETE,TRUNCATE}'),
      ('roles', 'role', 'id', 'id, permissions', '{UPDATE,DELETE,TRUNCATE}'),
      ('tenants', 'tenant', 'id', 'id, type, status', '{UPDATE,DELETE,TRUNCATE}')
    ) AS watched (table_name, kind, key, columns, events)
  LOOP
    FOREACH event IN ARRAY source.events LOOP
      EXECUTE format(
        'CREATE TRIGGER %I AFTER %s ON %I %s FOR EACH STATEMENT EXECUTE FUNCTION record_authority_change(%L, %L, %L)',
        source.table_name || '_authority_' || lower(event), event, source.table_name,
        CASE event
          WHEN 'INSERT' THEN 'REFERENCING NEW TABLE AS rows_after'
          WHEN 'UPDATE' THEN 'REFERENCING OLD TABLE AS rows_before NEW TABLE AS rows_after'
          WHEN 'DELETE' THEN 'REFERENCING OLD TABLE AS rows_before'
          ELSE ''
        END,
        source.kind, source.key, source.columns
      );
      -- Also where session_replication_role keeps other triggers from firing.
      EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I',
        source.table_name, source.table_name || '_authority_' || lower(event));
    END LOOP;
  END LOOP;
END
$$;

-- The function above writes; the application reads and prunes, and can neither forge nor leave out.
GRANT SELECT, DELETE ON "authority_changes" TO postern_app;
