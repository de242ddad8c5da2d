-- From where a session was used last; of those that there are, where it began is what is known.
ALTER TABLE "sessions" ADD COLUMN "last_used_ip" INET;
UPDATE "sessions" SET "last_used_ip" = "ip" WHERE "last_used_at" = "created_at";
