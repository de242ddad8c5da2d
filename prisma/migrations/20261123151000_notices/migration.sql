-- CreateTable
CREATE TABLE "token_notices" (
    "token_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "days" SMALLINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "token_notices_pkey" PRIMARY KEY ("token_id","user_id","days")
);

-- CreateTable
CREATE TABLE "notice_preferences" (
    "user_id" UUID NOT NULL,
    "token_expiry" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "notice_preferences_pkey" PRIMARY KEY ("user_id")
);

-- AddForeignKey
ALTER TABLE "token_notices" ADD CONSTRAINT "token_notices_token_id_fkey" FOREIGN KEY ("token_id") REFERENCES "tokens"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "token_notices" ADD CONSTRAINT "token_notices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "notice_preferences" ADD CONSTRAINT "notice_preferences_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Beyond schema.prisma ------------------------------------------------------------------------------

ALTER TABLE "token_notices" ADD CONSTRAINT "token_notices_days_check" CHECK ("days" IN (30, 7, 1, 0));

-- For who looks every quarter of an hour which tokens expire soon.
CREATE INDEX "tokens_expiring_idx" ON "tokens" ("expires_at") WHERE "revoked_at" IS NULL AND "expires_at" IS NOT NULL;

GRANT SELECT, INSERT ON "token_notices" TO postern_app;
GRANT SELECT, INSERT, UPDATE ON "notice_preferences" TO postern_app;
