-- CreateEnum
CREATE TYPE "identity_status" AS ENUM ('active', 'disabled', 'removed');

-- CreateEnum
CREATE TYPE "application_priority" AS ENUM ('none', 'low', 'moderate', 'high', 'critical');

-- CreateEnum
CREATE TYPE "application_import_type" AS ENUM ('scheduled', 'manual', 'api');

-- CreateEnum
CREATE TYPE "application_import_status" AS ENUM ('pending', 'running', 'paused', 'canceling', 'canceled', 'finished', 'failed');

-- CreateEnum
CREATE TYPE "personnel_event_type" AS ENUM ('onboard', 'offboard', 'role_transition', 'leave_of_absence');

-- CreateEnum
CREATE TYPE "personnel_event_status" AS ENUM ('pending', 'scheduled', 'open', 'snoozed', 'completed', 'canceled', 'failed');

-- CreateTable
CREATE TABLE "identities" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "first_name" TEXT NOT NULL,
    "last_name" TEXT NOT NULL,
    "email" TEXT,
    "title" TEXT,
    "company" TEXT,
    "division" TEXT,
    "department" TEXT,
    "office" TEXT,
    "supervisor_id" UUID,
    "identity_type" TEXT NOT NULL DEFAULT 'employee',
    "status" "identity_status" NOT NULL DEFAULT 'active',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "inactivated_at" TIMESTAMPTZ(3),

    CONSTRAINT "identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "applications" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "priority" "application_priority" NOT NULL DEFAULT 'none',
    "is_archived" BOOLEAN NOT NULL DEFAULT false,
    "import_schedule" JSONB,
    "change_threshold_percent" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_updated" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "applications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file_groups" (
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "required" BOOLEAN NOT NULL DEFAULT true,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "file_groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "application_accounts" (
    "application_id" UUID NOT NULL,
    "account" TEXT NOT NULL,
    "email" TEXT,
    "privileges" TEXT[],

    CONSTRAINT "application_accounts_pkey" PRIMARY KEY ("application_id","account")
);

-- CreateTable
CREATE TABLE "application_imports" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "application_id" UUID NOT NULL,
    "type" "application_import_type" NOT NULL,
    "status" "application_import_status" NOT NULL DEFAULT 'pending',
    "created_by" TEXT NOT NULL,
    "created_by_id" UUID,
    "credential_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "build_start" TIMESTAMPTZ(3),
    "build_end" TIMESTAMPTZ(3),
    "log" TEXT,
    "metrics" JSONB,
    "rows_done" INTEGER NOT NULL DEFAULT 0,
    "rows_total" INTEGER,
    "is_confirmed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "application_imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_files" (
    "id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "file_group_id" UUID,
    "name" TEXT NOT NULL,
    "size" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "import_files_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_file_chunks" (
    "file_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "import_file_chunks_pkey" PRIMARY KEY ("file_id","position")
);

-- CreateTable
CREATE TABLE "import_rows" (
    "import_id" UUID NOT NULL,
    "file" SMALLINT NOT NULL,
    "line" INTEGER NOT NULL,
    "account" TEXT NOT NULL,
    "email" TEXT,
    "privileges" TEXT[]
);

-- CreateTable
CREATE TABLE "personnel_events" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "tenant_id" UUID NOT NULL,
    "type" "personnel_event_type" NOT NULL,
    "status" "personnel_event_status" NOT NULL DEFAULT 'pending',
    "reporter_id" UUID NOT NULL,
    "reporter_name" TEXT NOT NULL,
    "reporter_credential_kind" "credential_kind" NOT NULL,
    "reporter_credential_id" UUID NOT NULL,
    "identity_id" UUID,
    "effective_date" DATE NOT NULL,
    "end_date" DATE,
    "comment" TEXT,
    "plan" JSONB NOT NULL DEFAULT '{}',
    "taken" JSONB,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "personnel_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "personnel_event_stages" (
    "event_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "at" TIMESTAMPTZ(3),
    "by" TEXT,

    CONSTRAINT "personnel_event_stages_pkey" PRIMARY KEY ("event_id","position")
);

-- CreateIndex
CREATE INDEX "identities_last_name_first_name_id_idx" ON "identities"("last_name", "first_name", "id");

-- CreateIndex
CREATE INDEX "identities_created_at_id_idx" ON "identities"("created_at", "id");

-- CreateIndex
CREATE INDEX "identities_tenant_id_last_name_first_name_id_idx" ON "identities"("tenant_id", "last_name", "first_name", "id");

-- CreateIndex
CREATE INDEX "identities_tenant_id_created_at_id_idx" ON "identities"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "identities_supervisor_id_idx" ON "identities"("supervisor_id");

-- CreateIndex
CREATE INDEX "identities_first_name_last_name_email_idx" ON "identities" USING GIN ("first_name" gin_trgm_ops, "last_name" gin_trgm_ops, "email" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "identities_id_tenant_id_key" ON "identities"("id", "tenant_id");

-- CreateIndex
CREATE INDEX "applications_name_id_idx" ON "applications"("name", "id");

-- CreateIndex
CREATE INDEX "applications_created_at_id_idx" ON "applications"("created_at", "id");

-- CreateIndex
CREATE INDEX "applications_name_idx" ON "applications" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "applications_tenant_id_name_key" ON "applications"("tenant_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "file_groups_application_id_name_key" ON "file_groups"("application_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "application_imports_number_key" ON "application_imports"("number");

-- CreateIndex
CREATE INDEX "application_imports_application_id_created_at_id_idx" ON "application_imports"("application_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "application_imports_status_created_at_id_idx" ON "application_imports"("status", "created_at", "id");

-- CreateIndex
CREATE INDEX "application_imports_created_at_id_idx" ON "application_imports"("created_at", "id");

-- CreateIndex
CREATE INDEX "import_files_file_group_id_idx" ON "import_files"("file_group_id");

-- CreateIndex
CREATE UNIQUE INDEX "import_files_import_id_file_group_id_key" ON "import_files"("import_id", "file_group_id");

-- CreateIndex
CREATE INDEX "import_rows_import_id_idx" ON "import_rows"("import_id");

-- CreateIndex
CREATE UNIQUE INDEX "personnel_events_number_key" ON "personnel_events"("number");

-- CreateIndex
CREATE INDEX "personnel_events_tenant_id_created_at_id_idx" ON "personnel_events"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "personnel_events_identity_id_created_at_id_idx" ON "personnel_events"("identity_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "personnel_events_tenant_id_effective_date_id_idx" ON "personnel_events"("tenant_id", "effective_date", "id");

-- CreateIndex
CREATE INDEX "personnel_events_type_created_at_id_idx" ON "personnel_events"("type", "created_at", "id");

-- CreateIndex
CREATE INDEX "personnel_events_status_created_at_id_idx" ON "personnel_events"("status", "created_at", "id");

-- CreateIndex
CREATE INDEX "personnel_events_created_at_id_idx" ON "personnel_events"("created_at", "id");

-- CreateIndex
CREATE INDEX "personnel_events_effective_date_id_idx" ON "personnel_events"("effective_date", "id");

-- AddForeignKey
ALTER TABLE "identities" ADD CONSTRAINT "identities_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "identities" ADD CONSTRAINT "identities_supervisor_id_tenant_id_fkey" FOREIGN KEY ("supervisor_id", "tenant_id") REFERENCES "identities"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "applications" ADD CONSTRAINT "applications_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "file_groups" ADD CONSTRAINT "file_groups_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "application_imports" ADD CONSTRAINT "application_imports_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "import_files" ADD CONSTRAINT "import_files_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "application_imports"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "import_files" ADD CONSTRAINT "import_files_file_group_id_fkey" FOREIGN KEY ("file_group_id") REFERENCES "file_groups"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "personnel_events" ADD CONSTRAINT "personnel_events_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "personnel_events" ADD CONSTRAINT "personnel_events_identity_id_tenant_id_fkey" FOREIGN KEY ("identity_id", "tenant_id") REFERENCES "identities"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "personnel_events" ADD CONSTRAINT "personnel_events_reporter_id_fkey" FOREIGN KEY ("reporter_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "personnel_event_stages" ADD CONSTRAINT "personnel_event_stages_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "personnel_events"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Beyond schema.prisma ------------------------------------------------------------------------------

ALTER TABLE "import_rows" SET UNLOGGED;

-- Read once, and often compressed already: to compress it again costs more than the disk.
ALTER TABLE "import_file_chunks" ALTER COLUMN "content" SET STORAGE EXTERNAL;

ALTER TABLE "identities"
  ADD CONSTRAINT "identities_email_check" CHECK ("email" = lower("email")),
  ADD CONSTRAINT "identities_supervisor_check" CHECK ("supervisor_id" <> "id"),
  ADD CONSTRAINT "identities_inactivated_check" CHECK (("status" = 'removed') <= ("inactivated_at" IS NOT NULL));

-- Of two people with one address nobody could tell whose accounts and whose user it is.
CREATE UNIQUE INDEX "identities_email_key" ON "identities" ("tenant_id", "email") WHERE "status" <> 'removed';

ALTER TABLE "applications"
  ADD CONSTRAINT "applications_threshold_check" CHECK ("change_threshold_percent" BETWEEN 0 AND 100);

ALTER TABLE "application_accounts"
  ADD CONSTRAINT "application_accounts_email_check" CHECK ("email" = lower("email"));

ALTER TABLE "application_imports"
  ADD CONSTRAINT "application_imports_end_check"
    CHECK (("status" IN ('finished', 'failed', 'canceled')) = ("build_end" IS NOT NULL));

ALTER TABLE "personnel_events"
  ADD CONSTRAINT "personnel_events_dates_check" CHECK ("end_date" > "effective_date"),
  ADD CONSTRAINT "personnel_events_identity_check" CHECK ("type" = 'onboard' OR "identity_id" IS NOT NULL);

ALTER TABLE "personnel_events"
  ADD CONSTRAINT "personnel_events_failure_check" CHECK (("status" = 'failed') = ("failure" IS NOT NULL));

-- What one event has taken, another one must not give back: one at a time, and an offboarding beside it.
CREATE UNIQUE INDEX "personnel_events_unfinished_key" ON "personnel_events" ("identity_id", ("type" = 'offboard'))
  WHERE "status" IN ('pending', 'scheduled', 'open', 'snoozed') AND "type" <> 'onboard';

-- For who looks every minute what is due.
CREATE INDEX "personnel_events_awaited_idx" ON "personnel_events" ("effective_date", "id")
  WHERE "status" IN ('scheduled', 'open');

ALTER TABLE "personnel_event_stages"
  ADD CONSTRAINT "personnel_event_stages_status_check" CHECK ("status" IN ('waiting', 'done', 'failed', 'canceled')),
  ADD CONSTRAINT "personnel_event_stages_at_check" CHECK (("status" = 'waiting') = ("at" IS NULL));

GRANT SELECT, INSERT, UPDATE ON
  "identities", "applications", "application_imports", "import_files", "personnel_events", "personnel_event_stages"
  TO postern_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "file_groups", "application_accounts" TO postern_app;
GRANT SELECT, INSERT, DELETE ON "import_file_chunks", "import_rows" TO postern_app;
GRANT USAGE ON SEQUENCE "application_imports_number_seq", "personnel_events_number_seq" TO postern_app;
