-- As before, and whatever changes how somebody signs in: they are told, whoever did it.
CREATE OR REPLACE FUNCTION queue_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.action IN ('user.invited', 'user.invitation_renewed', 'user.password_changed', 'user.password_reset',
    'session.created', 'token.created', 'token.blocked', 'passkey.created', 'passkey.deleted', 'totp.confirmed',
    'totp.deleted', 'recovery_codes.renewed', 'external_identity.linked', 'external_identity.unlinked',
    'user.second_factors_reset', 'user.credentials_ended')
    OR (NEW.action ~ '^(token|grant|user|service_account|application_import|personnel_event)\.'
      AND EXISTS (SELECT FROM webhooks WHERE is_enabled)) THEN
    INSERT INTO outbox_events (event_id) VALUES (NEW.id);
  END IF;
  RETURN NULL;
END $$;
