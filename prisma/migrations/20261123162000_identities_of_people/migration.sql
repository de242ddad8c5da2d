-- An identity at a provider is no second factor: it is refused in words of its own.
CREATE FUNCTION "refuse_identity_of_service_account"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM users WHERE id = NEW.user_id AND is_service_account) THEN
    RAISE EXCEPTION 'a service account has no identity at a provider' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

DROP TRIGGER "external_identities_of_people" ON "external_identities";
CREATE TRIGGER "external_identities_of_people" BEFORE INSERT ON "external_identities"
  FOR EACH ROW EXECUTE FUNCTION "refuse_identity_of_service_account"();
