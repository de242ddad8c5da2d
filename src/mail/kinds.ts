/** The events by which it changes how somebody signs in, besides their password. */
const signInChanges = [
  'passkey.created',
  'passkey.deleted',
  'totp.confirmed',
  'totp.deleted',
  'recovery_codes.renewed',
  'external_identity.linked',
  'external_identity.unlinked',
  'user.second_factors_reset',
  'user.credentials_ended',
] as const

export type SignInChange = (typeof signInChanges)[number]

export const isSignInChange = (action: string): action is SignInChange =>
  (signInChanges as readonly string[]).includes(action)

/** What each kind of mail is about, as it is stored: ids, names and times, never a secret. */
export type About = {
  invitation: Record<string, never>
  password_reset: { ip: string | null }
  password_changed: { at: string; ip: string | null }
  sign_in_changed: {
    change: SignInChange
    /** Of the passkey, or the provider. */
    name: string | null
    /** Who did it, where it was not the person. */
    by: string | null
    at: string
    ip: string | null
  }
  new_sign_in: { at: string; ip: string | null; place: string | null; device: string | null }
  token_created: { name: string; owner: string; by: string; at: string }
  token_blocked: { name: string; owner: string; tenant: string; reason: string; at: string }
  tokens_expiring: { tokens: ExpiringToken[] }
}

export type ExpiringToken = {
  name: string
  owner: string | null
  expires_at: string
  expired: boolean
}

export type MailKind = keyof About
