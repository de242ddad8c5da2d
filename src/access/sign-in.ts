/** How the person of a session was shown to be who they say, and what the platform asks of that. */
export type SignIn = {
  /** `sessions.auth_methods`. */
  auth_methods: readonly string[]
  /** `sessions.created_at`. */
  began_at: Date
  /** The sign-in, or the last time that the person was shown to be who they say; null: nobody can say. */
  authenticated_at: Date | null
  second_factor: 'off' | 'optional' | 'required'
  /** How old `authenticated_at` may be for what needs it fresh; 0: any age. */
  step_up_minutes: number
  has_password: boolean
  has_totp: boolean
  has_passkey: boolean
}

/** By what a person who is signed in can be shown anew to be who they are. */
export type StepUpMethod = 'passkey' | 'totp' | 'password' | 'sso'

/**
 * A passkey verifies its user by itself. A provider of identities answers for what it asks of its people, so
 * who comes from there is not asked for a second factor of ours.
 */
const sufficient = ['totp', 'passkey', 'recovery_code', 'sso']

/** May this session do no more than enrol a second factor, or show one? */
export function mustEnrol({ sign_in }: { sign_in: SignIn | null }): boolean {
  if (sign_in?.second_factor !== 'required') return false
  return !sign_in.auth_methods.some((method) => sufficient.includes(method))
}

/** Has this session shown a second factor, where its person has one that is asked for? */
export function hasShownFactor(signIn: SignIn): boolean {
  const { second_factor, has_totp, has_passkey, auth_methods } = signIn
  if (second_factor === 'off' || !(has_totp || has_passkey)) return true
  return auth_methods.some((method) => sufficient.includes(method))
}

/**
 * Who comes from a provider that never says when it asked them can show nothing here to be fresh by: until they have a
 * factor of ours, they may enrol the first one as long as they have just come.
 */
export function mayEnrolFirst(signIn: SignIn, now: Date): boolean {
  const { authenticated_at, began_at, step_up_minutes } = signIn
  if (authenticated_at !== null || stepUpMethods(signIn).some((method) => method !== 'sso')) {
    return false
  }
  return now.getTime() - began_at.getTime() < step_up_minutes * 60_000
}

/** Who has a second factor shows that one: a password alone would not have let them in either. */
export function stepUpMethods(signIn: SignIn): StepUpMethod[] {
  const { second_factor, has_password, has_totp, has_passkey, auth_methods } = signIn
  const asksForFactor = second_factor !== 'off'
  const methods: StepUpMethod[] = []
  if (has_passkey) methods.push('passkey')
  if (has_totp && asksForFactor) methods.push('totp')
  if (has_password && !(asksForFactor && (has_totp || has_passkey))) methods.push('password')
  if (auth_methods.includes('sso')) methods.push('sso')
  return methods
}
