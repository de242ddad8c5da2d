-- CreateTable
CREATE TABLE "identity_providers" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "client_secret" BYTEA,
    "allowed_domains" TEXT[],
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "jit_enabled" BOOLEAN NOT NULL DEFAULT false,
    "jit_tenants" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "identity_providers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity_provider_grants" (
    "id" UUID NOT NULL,
    "identity_provider_id" UUID NOT NULL,
    "role_id" UUID NOT NULL,
    "tenant_id" UUID,

    CONSTRAINT "identity_provider_grants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_identities" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "identity_provider_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "external_identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sso_attempts" (
    "id" UUID NOT NULL,
    "identity_provider_id" UUID NOT NULL,
    "state_hash" BYTEA NOT NULL,
    "browser_hash" BYTEA NOT NULL,
    "nonce" TEXT NOT NULL,
    "code_verifier" TEXT NOT NULL,
    "return_to" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "session_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sso_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "identity_provider_grants_role_id_idx" ON "identity_provider_grants"("role_id");

-- CreateIndex
CREATE INDEX "identity_provider_grants_tenant_id_idx" ON "identity_provider_grants"("tenant_id");

-- CreateIndex
CREATE UNIQUE INDEX "identity_provider_grants_identity_provider_id_role_id_tenan_key"
  ON "identity_provider_grants" ("identity_provider_id", "role_id", "tenant_id") NULLS NOT DISTINCT;

-- CreateIndex
CREATE INDEX "external_identities_identity_provider_id_idx" ON "external_identities"("identity_provider_id");

-- CreateIndex
CREATE UNIQUE INDEX "external_identities_issuer_subject_key" ON "external_identities"("issuer", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "external_identities_user_id_identity_provider_id_key" ON "external_identities"("user_id", "identity_provider_id");

-- CreateIndex
CREATE UNIQUE INDEX "sso_attempts_state_hash_key" ON "sso_attempts"("state_hash");

-- CreateIndex
CREATE INDEX "sso_attempts_identity_provider_id_idx" ON "sso_attempts"("identity_provider_id");

-- CreateIndex
CREATE INDEX "sso_attempts_session_id_idx" ON "sso_attempts"("session_id");

-- CreateIndex
CREATE INDEX "sso_attempts_expires_at_idx" ON "sso_attempts"("expires_at");

-- CreateIndex
CREATE INDEX "sessions_identity_provider_id_idx" ON "sessions"("identity_provider_id");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_identity_provider_id_fkey" FOREIGN KEY ("identity_provider_id") REFERENCES "identity_providers"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "identity_provider_grants" ADD CONSTRAINT "identity_provider_grants_identity_provider_id_fkey" FOREIGN KEY ("identity_provider_id") REFERENCES "identity_providers"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "identity_provider_grants" ADD CONSTRAINT "identity_provider_grants_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "roles"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "identity_provider_grants" ADD CONSTRAINT "identity_provider_grants_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "external_identities" ADD CONSTRAINT "external_identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "external_identities" ADD CONSTRAINT "external_identities_identity_provider_id_fkey" FOREIGN KEY ("identity_provider_id") REFERENCES "identity_providers"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "sso_attempts" ADD CONSTRAINT "sso_attempts_identity_provider_id_fkey" FOREIGN KEY ("identity_provider_id") REFERENCES "identity_providers"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "sso_attempts" ADD CONSTRAINT "sso_attempts_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Beyond schema.prisma ------------------------------------------------------------------------------

CREATE UNIQUE INDEX "identity_providers_name_key" ON "identity_providers" ("name") WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "identity_providers_issuer_key" ON "identity_providers" ("issuer") WHERE "deleted_at" IS NULL;

ALTER TABLE "identity_providers"
  ALTER COLUMN "allowed_domains" SET NOT NULL,
  ALTER COLUMN "jit_tenants" SET NOT NULL,
  ADD CONSTRAINT "identity_providers_deleted_check" CHECK (
    "deleted_at" IS NULL OR (NOT "is_enabled" AND NOT "jit_enabled" AND "client_secret" IS NULL)
  ),
  ADD CONSTRAINT "identity_providers_jit_check" CHECK (NOT "jit_enabled" OR cardinality("allowed_domains") > 0);

ALTER TABLE "sso_attempts"
  ADD CONSTRAINT "sso_attempts_purpose_check" CHECK (
    CASE "purpose"
      WHEN 'sign_in' THEN "session_id" IS NULL
      WHEN 'link' THEN "session_id" IS NOT NULL
      WHEN 'step_up' THEN "session_id" IS NOT NULL
      ELSE false
    END
  );

ALTER TABLE "external_identities"
  ADD CONSTRAINT "external_identities_subject_check" CHECK (length("subject") BETWEEN 1 AND 255);

CREATE TRIGGER "external_identities_of_people" BEFORE INSERT ON "external_identities"
  FOR EACH ROW EXECUTE FUNCTION "refuse_factor_of_service_account"();

GRANT SELECT, INSERT ON "identity_providers" TO postern_app;
-- Not the issuer: who somebody is there would become somebody else.
GRANT UPDATE ("name", "client_id", "client_secret", "allowed_domains", "is_enabled", "jit_enabled",
  "jit_tenants", "updated_at", "deleted_at") ON "identity_providers" TO postern_app;
GRANT SELECT, INSERT, DELETE ON "identity_provider_grants", "sso_attempts" TO postern_app;
-- Else those who clear away could not pass by what another one clears.
GRANT UPDATE ("expires_at") ON "sso_attempts" TO postern_app;
GRANT SELECT, INSERT, DELETE ON "external_identities" TO postern_app;
GRANT UPDATE ("last_used_at", "email") ON "external_identities" TO postern_app;
