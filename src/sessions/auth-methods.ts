/** How a person can be shown to be who they say; the check of `sessions.auth_methods` names the same. */
export const authMethods = ['password', 'sso', 'totp', 'passkey', 'recovery_code'] as const

export type AuthMethod = (typeof authMethods)[number]
