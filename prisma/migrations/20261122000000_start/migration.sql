-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "tenant_type" AS ENUM ('test', 'production');

-- CreateEnum
CREATE TYPE "tenant_status" AS ENUM ('active', 'suspended', 'retired');

-- CreateEnum
CREATE TYPE "user_status" AS ENUM ('invited', 'active', 'deactivated');

-- CreateEnum
CREATE TYPE "permission_scope" AS ENUM ('tenant', 'platform');

-- CreateEnum
CREATE TYPE "token_limit_request_status" AS ENUM ('pending', 'approved', 'denied');

-- CreateEnum
CREATE TYPE "credential_kind" AS ENUM ('session', 'personal_access_token');

-- CreateTable
CREATE TABLE "tenants" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" "tenant_type" NOT NULL,
    "status" "tenant_status" NOT NULL DEFAULT 'active',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "is_service_account" BOOLEAN NOT NULL DEFAULT false,
    "email" TEXT,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "status" "user_status" NOT NULL DEFAULT 'invited',
    "password_hash" TEXT,
    "token_limit" INTEGER NOT NULL DEFAULT 3,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_sign_in_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenant_scopes" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "tenant_id" UUID,
    "word" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_scopes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "permissions" (
    "name" TEXT NOT NULL,
    "scope" "permission_scope" NOT NULL,
    "description" TEXT NOT NULL,
    "built_in" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "permissions_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "roles" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "permissions" TEXT[],
    "built_in" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "roles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grants" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role_id" UUID NOT NULL,
    "tenant_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID,

    CONSTRAINT "grants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tokens" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "token_hash" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "permissions" TEXT[],
    "tenants" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" UUID,
    "revoked_reason" TEXT,

    CONSTRAINT "tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "token_usage" (
    "token_id" UUID NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_ip" INET,

    CONSTRAINT "token_usage_pkey" PRIMARY KEY ("token_id")
);

-- CreateTable
CREATE TABLE "tenant_blocks" (
    "token_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID NOT NULL,

    CONSTRAINT "tenant_blocks_pkey" PRIMARY KEY ("token_id","tenant_id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "idle_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_reason" TEXT,
    "ip" INET,
    "user_agent" TEXT,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refresh_tokens" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "refresh_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "token_limit_requests" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "requested_limit" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "status" "token_limit_request_status" NOT NULL DEFAULT 'pending',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" UUID,
    "decision_reason" TEXT,

    CONSTRAINT "token_limit_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "credential_kind" "credential_kind",
    "credential_id" UUID,
    "credential_name" TEXT,
    "action" TEXT NOT NULL,
    "target_type" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "tenant_ids" UUID[],
    "before" JSONB,
    "after" JSONB,
    "correlation_id" TEXT,
    "ip" INET,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settings" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "default_token_lifetime_days" INTEGER NOT NULL DEFAULT 30,
    "max_token_lifetime_days" INTEGER,
    "never_expiring_tokens_allowed" BOOLEAN NOT NULL DEFAULT true,
    "password_min_length" INTEGER NOT NULL DEFAULT 12,
    "session_idle_minutes" INTEGER NOT NULL DEFAULT 1440,
    "session_lifetime_minutes" INTEGER NOT NULL DEFAULT 10080,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signing_keys" (
    "id" UUID NOT NULL,
    "secret" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "signing_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "user_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "status" INTEGER,
    "response" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("user_id","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "tenants_slug_key" ON "tenants"("slug");

-- CreateIndex
CREATE INDEX "users_name_id_idx" ON "users"("name", "id");

-- CreateIndex
CREATE INDEX "tenant_scopes_tenant_id_idx" ON "tenant_scopes"("tenant_id");

-- CreateIndex
CREATE UNIQUE INDEX "tenant_scopes_user_id_tenant_id_key" ON "tenant_scopes"("user_id", "tenant_id");

-- CreateIndex
CREATE UNIQUE INDEX "tenant_scopes_user_id_word_key" ON "tenant_scopes"("user_id", "word");

-- CreateIndex
CREATE UNIQUE INDEX "roles_name_key" ON "roles"("name");

-- CreateIndex
CREATE INDEX "grants_role_id_idx" ON "grants"("role_id");

-- CreateIndex
CREATE INDEX "grants_tenant_id_idx" ON "grants"("tenant_id");

-- CreateIndex
CREATE UNIQUE INDEX "tokens_token_hash_key" ON "tokens"("token_hash");

-- CreateIndex
CREATE INDEX "tokens_owner_id_created_at_id_idx" ON "tokens"("owner_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "tokens_tenants_idx" ON "tokens" USING GIN ("tenants");

-- CreateIndex
CREATE INDEX "tenant_blocks_tenant_id_idx" ON "tenant_blocks"("tenant_id");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "refresh_tokens_token_hash_key" ON "refresh_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "refresh_tokens_session_id_idx" ON "refresh_tokens"("session_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations"("token_hash");

-- CreateIndex
CREATE INDEX "invitations_user_id_idx" ON "invitations"("user_id");

-- CreateIndex
CREATE INDEX "token_limit_requests_user_id_idx" ON "token_limit_requests"("user_id");

-- CreateIndex
CREATE INDEX "token_limit_requests_status_created_at_idx" ON "token_limit_requests"("status", "created_at");

-- CreateIndex
CREATE INDEX "audit_events_at_id_idx" ON "audit_events"("at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_actor_id_at_idx" ON "audit_events"("actor_id", "at" DESC);

-- CreateIndex
CREATE INDEX "audit_events_target_id_at_idx" ON "audit_events"("target_id", "at" DESC);

-- CreateIndex
CREATE INDEX "audit_events_tenant_ids_idx" ON "audit_events" USING GIN ("tenant_ids");

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- AddForeignKey
ALTER TABLE "tenant_scopes" ADD CONSTRAINT "tenant_scopes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "tenant_scopes" ADD CONSTRAINT "tenant_scopes_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "grants" ADD CONSTRAINT "grants_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "grants" ADD CONSTRAINT "grants_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "roles"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "grants" ADD CONSTRAINT "grants_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "grants" ADD CONSTRAINT "grants_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_revoked_by_fkey" FOREIGN KEY ("revoked_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "token_usage" ADD CONSTRAINT "token_usage_token_id_fkey" FOREIGN KEY ("token_id") REFERENCES "tokens"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "tenant_blocks" ADD CONSTRAINT "tenant_blocks_token_id_fkey" FOREIGN KEY ("token_id") REFERENCES "tokens"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "tenant_blocks" ADD CONSTRAINT "tenant_blocks_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "tenant_blocks" ADD CONSTRAINT "tenant_blocks_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "token_limit_requests" ADD CONSTRAINT "token_limit_requests_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "token_limit_requests" ADD CONSTRAINT "token_limit_requests_decided_by_fkey" FOREIGN KEY ("decided_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What follows is beyond schema.prisma: rules that hold whoever writes, and what the application may do.

-- Values ------------------------------------------------------------------------------------------

ALTER TABLE "tenants"
  ADD CONSTRAINT "tenants_slug_check" CHECK ("slug" ~ '^[a-z0-9](-?[a-z0-9]){0,62}$');

ALTER TABLE "users"
  ADD CONSTRAINT "users_token_limit_check" CHECK ("token_limit" BETWEEN 1 AND 10),
  ADD CONSTRAINT "users_email_check" CHECK ("is_service_account" = ("email" IS NULL)),
  ADD CONSTRAINT "users_email_case_check" CHECK ("email" = lower("email"));

ALTER TABLE "tenant_scopes"
  ADD CONSTRAINT "tenant_scopes_entry_check" CHECK (num_nonnulls("tenant_id", "word") = 1),
  ADD CONSTRAINT "tenant_scopes_word_check" CHECK ("word" IN ('any', 'type:test', 'type:production'));

ALTER TABLE "permissions"
  ADD CONSTRAINT "permissions_name_check" CHECK ("name" ~ '^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$');

ALTER TABLE "tokens"
  ADD CONSTRAINT "tokens_hash_check" CHECK (octet_length("token_hash") = 32),
  ADD CONSTRAINT "tokens_hint_check" CHECK (char_length("hint") = 4),
  ADD CONSTRAINT "tokens_permissions_check" CHECK (cardinality("permissions") > 0),
  ADD CONSTRAINT "tokens_expiry_check" CHECK ("expires_at" > "created_at"),
  ADD CONSTRAINT "tokens_revocation_check" CHECK (("revoked_at" IS NULL) = ("revoked_by" IS NULL));

ALTER TABLE "token_limit_requests"
  ADD CONSTRAINT "token_limit_requests_limit_check" CHECK ("requested_limit" BETWEEN 4 AND 10);

ALTER TABLE "settings"
  ADD CONSTRAINT "settings_one_row_check" CHECK ("id" = 1),
  ADD CONSTRAINT "settings_lifetimes_check" CHECK (
    "default_token_lifetime_days" > 0
    AND "max_token_lifetime_days" > 0
    AND "session_idle_minutes" > 0
    AND "session_lifetime_minutes" > 0
  );

INSERT INTO "settings" ("id") VALUES (1);

-- Prisma knows no list that is not there.
ALTER TABLE "roles" ALTER COLUMN "permissions" SET NOT NULL;
ALTER TABLE "tokens" ALTER COLUMN "permissions" SET NOT NULL, ALTER COLUMN "tenants" SET NOT NULL;
ALTER TABLE "audit_events" ALTER COLUMN "tenant_ids" SET NOT NULL;

-- Unique among some rows ---------------------------------------------------------------------------

CREATE UNIQUE INDEX "users_email_key" ON "users" ("email") WHERE "deleted_at" IS NULL;

CREATE UNIQUE INDEX "grants_user_id_role_id_tenant_id_key"
  ON "grants" ("user_id", "role_id", "tenant_id") NULLS NOT DISTINCT;

CREATE UNIQUE INDEX "token_limit_requests_pending_key"
  ON "token_limit_requests" ("user_id") WHERE "status" = 'pending';

-- Tokens never change ------------------------------------------------------------------------------

CREATE FUNCTION "refuse_token_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'a token is revoked, never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.revoked_at IS NOT NULL THEN
    RAISE EXCEPTION 'a revocation is final' USING ERRCODE = 'restrict_violation';
  END IF;
  IF to_jsonb(NEW) - '{revoked_at,revoked_by,revoked_reason}'::text[]
     IS DISTINCT FROM to_jsonb(OLD) - '{revoked_at,revoked_by,revoked_reason}'::text[] THEN
    RAISE EXCEPTION 'a token never changes: delete it and create another'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER "tokens_never_change" BEFORE UPDATE OR DELETE ON "tokens"
  FOR EACH ROW EXECUTE FUNCTION "refuse_token_change"();
CREATE TRIGGER "tokens_never_truncated" BEFORE TRUNCATE ON "tokens"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_token_change"();

-- A token names what exists, and no live token of the same owner has its name. "Live" depends on the
-- clock, which no unique index can; the lock on the owner makes the look safe against a second insert.
CREATE FUNCTION "check_new_token"() RETURNS trigger LANGUAGE plpgsql AS $$
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
      AND NOT EXISTS (SELECT 1 FROM tenants t WHERE t.id::text = stored.entry)
  ) THEN
    RAISE EXCEPTION 'unknown tenant'
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'tokens_tenants_fkey';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER "tokens_name_what_exists" BEFORE INSERT ON "tokens"
  FOR EACH ROW EXECUTE FUNCTION "check_new_token"();

-- Audit events are only ever added -----------------------------------------------------------------

CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit events are append-only' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER "audit_events_append_only" BEFORE UPDATE OR DELETE ON "audit_events"
  FOR EACH ROW EXECUTE FUNCTION "refuse_audit_change"();
CREATE TRIGGER "audit_events_never_truncated" BEFORE TRUNCATE ON "audit_events"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();

-- What the application may do ----------------------------------------------------------------------

-- The application connects as whoever DATABASE_URL names and takes this role at once, so that not
-- even its own bugs can rewrite the audit log. A role belongs to the whole server: it may be there.
DO $$
BEGIN
  BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'postern_app') THEN
      CREATE ROLE postern_app NOLOGIN;
    END IF;
  EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL; -- made by another database's migration just now
  END;
  IF NOT pg_has_role(current_user, 'postern_app', 'MEMBER') THEN
    EXECUTE format('GRANT postern_app TO %I', current_user);
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION '% may not create the role postern_app or join it. As a superuser: CREATE ROLE postern_app NOLOGIN; GRANT postern_app TO %', current_user, current_user
      USING ERRCODE = 'insufficient_privilege';
END
$$;

GRANT USAGE ON SCHEMA public TO postern_app;
GRANT SELECT, INSERT, UPDATE ON
  "tenants", "users", "permissions", "roles", "token_usage", "sessions", "refresh_tokens",
  "invitations", "token_limit_requests", "settings", "idempotency_keys"
  TO postern_app;
GRANT SELECT, INSERT, DELETE ON "tenant_scopes", "grants", "tenant_blocks" TO postern_app;
GRANT DELETE ON "roles", "refresh_tokens", "idempotency_keys" TO postern_app;
GRANT SELECT, INSERT, UPDATE ("revoked_at", "revoked_by", "revoked_reason") ON "tokens" TO postern_app;
GRANT SELECT, INSERT ON "audit_events", "signing_keys" TO postern_app;
