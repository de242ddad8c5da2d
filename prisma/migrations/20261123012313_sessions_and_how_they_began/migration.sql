-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "auth_methods" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "authenticated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "identity_provider_id" UUID;

-- Whoever signed in before did so with a password.
UPDATE "sessions" SET "auth_methods" = '{password}', "authenticated_at" = "created_at";

ALTER TABLE "sessions"
  ALTER COLUMN "auth_methods" SET NOT NULL,
  ADD CONSTRAINT "sessions_auth_methods_check" CHECK (
    "auth_methods" <@ ARRAY['password', 'sso', 'totp', 'passkey', 'recovery_code']
  ),
  ADD CONSTRAINT "sessions_identity_provider_check" CHECK (
    "identity_provider_id" IS NULL OR 'sso' = ANY ("auth_methods")
  );
