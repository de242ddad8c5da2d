-- CreateEnum
CREATE TYPE "second_factor_policy" AS ENUM ('off', 'optional', 'required');

-- AlterTable
ALTER TABLE "settings" ADD COLUMN     "second_factor" "second_factor_policy" NOT NULL DEFAULT 'optional',
ADD COLUMN     "step_up_minutes" INTEGER NOT NULL DEFAULT 15;

-- CreateTable
CREATE TABLE "totp_factors" (
    "user_id" UUID NOT NULL,
    "secret" BYTEA,
    "confirmed_at" TIMESTAMPTZ(3),
    "next_secret" BYTEA,
    "next_since" TIMESTAMPTZ(3),
    "last_step" BIGINT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failed_at" TIMESTAMPTZ(3),

    CONSTRAINT "totp_factors_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "recovery_codes" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passkeys" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "credential_id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "sign_count" BIGINT NOT NULL DEFAULT 0,
    "transports" TEXT[],
    "is_backed_up" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "passkeys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_challenges" (
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "challenge_hash" BYTEA NOT NULL,
    "user_id" UUID,
    "session_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "sign_in_challenges_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "recovery_codes_code_hash_key" ON "recovery_codes"("code_hash");

-- CreateIndex
CREATE INDEX "recovery_codes_user_id_idx" ON "recovery_codes"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "passkeys_credential_id_key" ON "passkeys"("credential_id");

-- CreateIndex
CREATE INDEX "passkeys_user_id_idx" ON "passkeys"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_challenges_challenge_hash_key" ON "sign_in_challenges"("challenge_hash");

-- CreateIndex
CREATE INDEX "sign_in_challenges_user_id_idx" ON "sign_in_challenges"("user_id");

-- CreateIndex
CREATE INDEX "sign_in_challenges_session_id_idx" ON "sign_in_challenges"("session_id");

-- CreateIndex
CREATE INDEX "sign_in_challenges_expires_at_idx" ON "sign_in_challenges"("expires_at");

-- AddForeignKey
ALTER TABLE "totp_factors" ADD CONSTRAINT "totp_factors_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "sign_in_challenges" ADD CONSTRAINT "sign_in_challenges_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "sign_in_challenges" ADD CONSTRAINT "sign_in_challenges_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "passkeys" ALTER COLUMN "transports" SET NOT NULL;

ALTER TABLE "settings"
  ADD CONSTRAINT "settings_step_up_minutes_check" CHECK ("step_up_minutes" BETWEEN 0 AND 1440);

ALTER TABLE "totp_factors"
  ADD CONSTRAINT "totp_factors_confirmed_check" CHECK (("secret" IS NULL) = ("confirmed_at" IS NULL)),
  ADD CONSTRAINT "totp_factors_next_check" CHECK (("next_secret" IS NULL) = ("next_since" IS NULL)),
  ADD CONSTRAINT "totp_factors_failures_check" CHECK (("failures" = 0) = ("failed_at" IS NULL));

ALTER TABLE "sign_in_challenges"
  ADD CONSTRAINT "sign_in_challenges_purpose_check" CHECK (
    CASE "purpose"
      WHEN 'passkey' THEN "user_id" IS NULL AND "session_id" IS NULL
      WHEN 'second_factor' THEN "user_id" IS NOT NULL AND "session_id" IS NULL
      WHEN 'step_up' THEN "user_id" IS NOT NULL AND "session_id" IS NOT NULL
      WHEN 'registration' THEN "user_id" IS NOT NULL AND "session_id" IS NOT NULL
      ELSE false
    END
  );

-- A service account never signs in, so it has nothing to sign in with.
CREATE FUNCTION "refuse_factor_of_service_account"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM users WHERE id = NEW.user_id AND is_service_account) THEN
    RAISE EXCEPTION 'a service account has no second factor' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER "totp_factors_of_people" BEFORE INSERT ON "totp_factors"
  FOR EACH ROW EXECUTE FUNCTION "refuse_factor_of_service_account"();
CREATE TRIGGER "recovery_codes_of_people" BEFORE INSERT ON "recovery_codes"
  FOR EACH ROW EXECUTE FUNCTION "refuse_factor_of_service_account"();
CREATE TRIGGER "passkeys_of_people" BEFORE INSERT ON "passkeys"
  FOR EACH ROW EXECUTE FUNCTION "refuse_factor_of_service_account"();

-- Whoever changes a password or a status, or voids what was issued before: a sign-in that is half done was begun with what no longer holds.
-- And of somebody who is deleted nothing stays by which anybody could sign in.
CREATE FUNCTION "end_half_done_sign_ins"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM sign_in_challenges WHERE user_id = NEW.id;
  IF NEW.deleted_at IS NOT NULL THEN
    DELETE FROM totp_factors WHERE user_id = NEW.id;
    DELETE FROM recovery_codes WHERE user_id = NEW.id;
    DELETE FROM passkeys WHERE user_id = NEW.id;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER "users_half_done_sign_ins"
  AFTER UPDATE OF "password_hash", "status", "credentials_valid_from", "deleted_at" ON "users" FOR EACH ROW
  WHEN ((OLD.password_hash, OLD.status, OLD.credentials_valid_from, OLD.deleted_at)
    IS DISTINCT FROM (NEW.password_hash, NEW.status, NEW.credentials_valid_from, NEW.deleted_at))
  EXECUTE FUNCTION "end_half_done_sign_ins"();

-- How somebody signed in, and by what they could show anew to be who they are, is part of what the authority
-- of a session is read from. The triggers that are there watch these columns, too, beside what they watch.
DO $$
DECLARE
  known record;
  args text[];
BEGIN
  FOR known IN
    SELECT t.tgname, c.relname, more.columns, encode(t.tgargs, 'escape') AS args,
      pg_get_triggerdef(t.oid) AS definition
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN (VALUES
      ('sessions', 'auth_methods'),
      ('users', 'password_hash'),
      ('settings', 'second_factor, step_up_minutes')
    ) AS more (table_name, columns) ON more.table_name = c.relname
    WHERE t.tgfoid = 'record_authority_change'::regproc
  LOOP
    args := string_to_array(known.args, '\000');
    EXECUTE format('DROP TRIGGER %I ON %I', known.tgname, known.relname);
    EXECUTE regexp_replace(known.definition, 'record_authority_change\(.*\)$',
      format('record_authority_change(%L, %L, %L)', args[1], args[2], args[3] || ', ' || known.columns));
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', known.relname, known.tgname);
  END LOOP;
END
$$;

DO $$
DECLARE
  source record;
  event text;
BEGIN
  FOR source IN
    SELECT * FROM (VALUES
      ('totp_factors', 'user_id, confirmed_at'),
      ('passkeys', 'user_id')
    ) AS watched (table_name, columns)
  LOOP
    FOREACH event IN ARRAY '{INSERT,UPDATE,DELETE,TRUNCATE}'::text[] LOOP
      EXECUTE format(
        'CREATE TRIGGER %I AFTER %s ON %I %s FOR EACH STATEMENT EXECUTE FUNCTION record_authority_change(%L, %L, %L)',
        source.table_name || '_authority_' || lower(event), event, source.table_name,
        CASE event
          WHEN 'INSERT' THEN 'REFERENCING NEW TABLE AS rows_after'
          WHEN 'UPDATE' THEN 'REFERENCING OLD TABLE AS rows_before NEW TABLE AS rows_after'
          WHEN 'DELETE' THEN 'REFERENCING OLD TABLE AS rows_before'
          ELSE ''
        END,
        'owner', 'user_id', source.columns
      );
      EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I',
        source.table_name, source.table_name || '_authority_' || lower(event));
    END LOOP;
  END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON
  "totp_factors", "recovery_codes", "passkeys", "sign_in_challenges"
  TO postern_app;
