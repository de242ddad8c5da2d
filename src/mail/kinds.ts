/** What each kind of mail is about, as it is stored: ids, names and times, never a secret. */
export type About = {
  invitation: Record<string, never>
  password_reset: { ip: string | null }
  password_changed: { at: string; ip: string | null }
  new_sign_in: { at: string; ip: string | null; device: string | null }
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
