-- AlterTable
ALTER TABLE "token_limit_requests" ADD COLUMN     "granted_limit" INTEGER,
ADD COLUMN     "granted_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "token_limit_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "accountable_people" (
    "service_account_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accountable_people_pkey" PRIMARY KEY ("service_account_id","user_id")
);

-- CreateIndex
CREATE INDEX "accountable_people_user_id_idx" ON "accountable_people"("user_id");

-- AddForeignKey
ALTER TABLE "accountable_people" ADD CONSTRAINT "accountable_people_service_account_id_fkey" FOREIGN KEY ("service_account_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "accountable_people" ADD CONSTRAINT "accountable_people_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Beyond schema.prisma ------------------------------------------------------------------------------

ALTER TABLE "token_limit_requests"
  ADD CONSTRAINT "token_limit_requests_granted_check" CHECK ("granted_limit" BETWEEN 4 AND 10);

GRANT SELECT, INSERT, DELETE ON "accountable_people" TO postern_app;
