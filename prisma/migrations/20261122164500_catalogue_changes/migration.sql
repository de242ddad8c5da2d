-- AlterEnum
ALTER TYPE "authority_change_kind" ADD VALUE 'catalogue';

-- What the catalogue holds is kept by each process, too. It is small and rarely changes: no keys, all of it.
CREATE FUNCTION "record_catalogue_change"() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO authority_changes (kind, keys) VALUES ('catalogue', '{}');
  RETURN NULL;
END
$$;

REVOKE EXECUTE ON FUNCTION "record_catalogue_change"() FROM PUBLIC;

CREATE TRIGGER "permissions_catalogue_change" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "permissions"
  FOR EACH STATEMENT EXECUTE FUNCTION "record_catalogue_change"();
ALTER TABLE "permissions" ENABLE ALWAYS TRIGGER "permissions_catalogue_change";
