-- A link that a token was shown is good as long as that token is in force, as narrow as it is. Of those that are open
-- nobody knows: they rest on the owner, as until now.
ALTER TABLE "invitations" ADD COLUMN "created_by_token_id" UUID;
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_created_by_token_id_fkey"
  FOREIGN KEY ("created_by_token_id") REFERENCES "tokens"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
