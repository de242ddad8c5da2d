-- Who was shown a link. Null: it went by mail alone, or is of before.
ALTER TABLE "invitations" ADD COLUMN "created_by" UUID;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
