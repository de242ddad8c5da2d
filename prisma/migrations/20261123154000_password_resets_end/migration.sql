-- A link to set another password ends with the password that it was asked for, too: who changes theirs, or is
-- deactivated, or has all their credentials ended, has no older way around it left open.
CREATE OR REPLACE FUNCTION "end_half_done_sign_ins"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM sign_in_challenges WHERE user_id = NEW.id;
  UPDATE password_resets SET used_at = now() WHERE user_id = NEW.id AND used_at IS NULL;
  IF NEW.deleted_at IS NOT NULL THEN
    DELETE FROM totp_factors WHERE user_id = NEW.id;
    DELETE FROM recovery_codes WHERE user_id = NEW.id;
    DELETE FROM passkeys WHERE user_id = NEW.id;
  END IF;
  RETURN NULL;
END
$$;
