-- CreateEnum
CREATE TYPE "webhook_delivery_status" AS ENUM ('waiting', 'delivered', 'failed');

-- CreateTable
CREATE TABLE "webhooks" (
    "id" UUID NOT NULL,
    "tenant_id" UUID,
    "url" TEXT NOT NULL,
    "description" TEXT,
    "event_types" TEXT[],
    "secret" BYTEA NOT NULL,
    "previous_secret" BYTEA,
    "previous_secret_until" TIMESTAMPTZ(3),
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "disabled_reason" TEXT,
    "failing_since" TIMESTAMPTZ(3),
    "paused_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID NOT NULL,

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "status" "webhook_delivery_status" NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "refusals" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "response_status" INTEGER,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "webhooks_tenant_id_created_at_id_idx" ON "webhooks"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhooks_created_at_id_idx" ON "webhooks"("created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_webhook_id_created_at_id_idx" ON "webhook_deliveries"("webhook_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_created_at_idx" ON "webhook_deliveries"("created_at");

-- AddForeignKey
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhooks"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Beyond schema.prisma ------------------------------------------------------------------------------

ALTER TABLE "webhooks"
  ADD CONSTRAINT "webhooks_previous_check" CHECK (("previous_secret" IS NULL) = ("previous_secret_until" IS NULL));

ALTER TABLE "webhook_deliveries"
  ADD CONSTRAINT "webhook_deliveries_end_check" CHECK (("status" = 'waiting') = ("ended_at" IS NULL)),
  ADD CONSTRAINT "webhook_deliveries_next_check" CHECK (("status" = 'waiting') = ("next_attempt_at" IS NOT NULL));

-- For who looks each minute what is due.
CREATE INDEX "webhook_deliveries_due_idx" ON "webhook_deliveries" ("next_attempt_at") WHERE "status" = 'waiting';

-- For each event that is written: does anybody listen at all?
CREATE INDEX "webhooks_enabled_idx" ON "webhooks" ("id") WHERE "is_enabled";

-- As before, and whatever a webhook may want: which ones do is seen when it is passed on.
CREATE OR REPLACE FUNCTION queue_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.action IN ('user.invited', 'user.invitation_renewed', 'user.password_changed', 'user.password_reset',
    'session.created', 'token.created', 'token.blocked')
    OR (NEW.action ~ '^(token|grant|user|service_account|application_import|personnel_event)\.'
      AND EXISTS (SELECT FROM webhooks WHERE is_enabled)) THEN
    INSERT INTO outbox_events (event_id) VALUES (NEW.id);
  END IF;
  RETURN NULL;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON "webhooks", "webhook_deliveries" TO postern_app;
