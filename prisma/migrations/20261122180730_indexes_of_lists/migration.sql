-- What every list looks up, searches and sorts by (docs/adr/0023). From its first index on a table takes no writes
-- until all are built: seconds per million rows and index.

-- A search for any part of a text is a look-up of the three-letter parts of what is asked. PostgreSQL ships
-- the extension, and whoever owns the database may create it; some packages leave it out.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION
  WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
    RAISE EXCEPTION 'The extension pg_trgm is needed and could not be created: %. Install PostgreSQL''s contrib package, and as a superuser: CREATE EXTENSION pg_trgm', SQLERRM
      USING ERRCODE = SQLSTATE;
END
$$;

-- CreateIndex
CREATE INDEX "audit_events_action_at_id_idx" ON "audit_events"("action", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_correlation_id_idx" ON "audit_events"("correlation_id");

-- CreateIndex
CREATE INDEX "tenant_scopes_tenant_id_user_id_idx" ON "tenant_scopes"("tenant_id", "user_id");

-- CreateIndex
CREATE INDEX "tenants_name_id_idx" ON "tenants"("name", "id");

-- CreateIndex
CREATE INDEX "tenants_created_at_id_idx" ON "tenants"("created_at", "id");

-- CreateIndex
CREATE INDEX "tenants_status_name_id_idx" ON "tenants"("status", "name", "id");

-- CreateIndex
CREATE INDEX "tenants_type_name_id_idx" ON "tenants"("type", "name", "id");

-- CreateIndex
CREATE INDEX "tenants_name_slug_idx" ON "tenants" USING GIN ("name" gin_trgm_ops, "slug" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "token_limit_requests_status_created_at_id_idx" ON "token_limit_requests"("status", "created_at", "id");

-- CreateIndex
CREATE INDEX "token_limit_requests_created_at_id_idx" ON "token_limit_requests"("created_at", "id");

-- CreateIndex
CREATE INDEX "token_limit_requests_requested_limit_id_idx" ON "token_limit_requests"("requested_limit", "id");

-- CreateIndex
CREATE INDEX "token_limit_requests_decided_at_id_idx" ON "token_limit_requests"("decided_at", "id");

-- CreateIndex
CREATE INDEX "token_limit_requests_last_decided_idx" ON "token_limit_requests"("decided_at" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "tokens_created_at_id_idx" ON "tokens"("created_at", "id");

-- CreateIndex
CREATE INDEX "users_name_email_idx" ON "users" USING GIN ("name" gin_trgm_ops, "email" gin_trgm_ops);

-- Beyond schema.prisma ------------------------------------------------------------------------------

-- Lists show nobody who was deleted. What sorts by a column where null comes last either way is there for both.
CREATE INDEX "users_listed_name_idx" ON "users" ("name", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "users_listed_created_at_idx" ON "users" ("created_at", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "users_listed_email_idx" ON "users" ("email", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "users_listed_last_email_idx"
  ON "users" ("email" DESC NULLS LAST, "id" DESC) WHERE "deleted_at" IS NULL;
CREATE INDEX "users_listed_sign_in_idx" ON "users" ("last_sign_in_at", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "users_listed_last_sign_in_idx"
  ON "users" ("last_sign_in_at" DESC NULLS LAST, "id" DESC) WHERE "deleted_at" IS NULL;
CREATE INDEX "users_listed_status_idx" ON "users" ("status", "name", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "users_listed_kind_name_idx"
  ON "users" ("is_service_account", "name", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "users_listed_kind_created_at_idx"
  ON "users" ("is_service_account", "created_at", "id") WHERE "deleted_at" IS NULL;

-- Few entries are words.
CREATE INDEX "tenant_scopes_word_idx" ON "tenant_scopes" ("word", "user_id") WHERE "word" IS NOT NULL;

-- As before; but the tenants that a token names are looked up by their key. A text of another form names none.
CREATE OR REPLACE FUNCTION "check_new_token"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM users WHERE id = NEW.owner_id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT 1 FROM tokens
    WHERE owner_id = NEW.owner_id AND name = NEW.name AND revoked_at IS NULL
      AND (expires_at IS NULL OR expires_at > now())
  ) AND (NEW.expires_at IS NULL OR NEW.expires_at > now()) THEN
    RAISE EXCEPTION 'the owner has a live token of this name'
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'tokens_live_name_key';
  END IF;
  IF EXISTS (
    SELECT 1 FROM unnest(NEW.permissions) AS stored (name)
    WHERE stored.name <> '*.*' AND NOT EXISTS (SELECT 1 FROM permissions p WHERE p.name = stored.name)
  ) THEN
    RAISE EXCEPTION 'unknown permission'
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'tokens_permissions_fkey';
  END IF;
  IF EXISTS (
    SELECT 1 FROM unnest(NEW.tenants) AS stored (entry)
    WHERE stored.entry NOT IN ('any', 'type:test', 'type:production')
      AND NOT EXISTS (
        SELECT 1 FROM tenants t
        WHERE t.id = CASE
          WHEN stored.entry ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN stored.entry::uuid
        END
      )
  ) THEN
    RAISE EXCEPTION 'unknown tenant'
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'tokens_tenants_fkey';
  END IF;
  RETURN NEW;
END
$$;

-- Last: a table whose index is dropped can't even be read until the transaction ends.
DROP INDEX "tenant_scopes_tenant_id_idx";
DROP INDEX "token_limit_requests_status_created_at_idx";
DROP INDEX "users_name_id_idx";
