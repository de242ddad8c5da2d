-- A provider of identities need not say when it has asked somebody who they are: such a sign-in is not fresh.
ALTER TABLE "sessions" ALTER COLUMN "authenticated_at" DROP NOT NULL;
