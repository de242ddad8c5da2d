import { reauthenticationRequired, secondFactorRequired } from '../http/errors.ts'
import type { Authority } from './authority.ts'
import { hasShownFactor, mayEnrolFirst, mustEnrol, stepUpMethods } from './sign-in.ts'

/** Declared beside the access of a route: what a person must have shown. Tokens are never asked. */
export type SignInRules = {
  /** Only for who was shown to be who they are a short while ago. */
  stepUp?: boolean
  /** Also for who must enrol a second factor first, and has not. */
  whileEnrolling?: boolean
  /** Changes second factors: only for who has shown the one that they have, however fresh their password is. */
  changesFactors?: boolean
}

/** Throws 403 for who must enrol a second factor, or show theirs, before anything else. */
export function requireEnrolled(authority: Authority, { whileEnrolling }: SignInRules): void {
  const { sign_in, credential } = authority
  if (credential.kind === 'session' && !sign_in) throw new Error('A session without its sign-in')
  if (!sign_in || whileEnrolling || !mustEnrol(authority)) return
  const ways = stepUpMethods(sign_in).filter((method) => method !== 'password')
  throw secondFactorRequired(ways)
}

/** Throws 403 where the route needs a fresh sign-in and this one is older. */
export function requireFresh({ sign_in, read_at }: Authority, rules: SignInRules): void {
  if (!sign_in || !rules.stepUp || sign_in.step_up_minutes === 0) return
  const enrols = rules.changesFactors && rules.whileEnrolling
  if (enrols && mayEnrolFirst(sign_in, read_at)) return
  const { authenticated_at: since, step_up_minutes } = sign_in
  if (since && read_at.getTime() - since.getTime() < step_up_minutes * 60_000) return
  throw reauthenticationRequired(stepUpMethods(sign_in))
}

/** Throws 403 where the route changes second factors, and this session began before, or without, one that is there. */
export function requireShown({ sign_in }: Authority, { changesFactors }: SignInRules): void {
  if (!sign_in || !changesFactors || hasShownFactor(sign_in)) return
  throw reauthenticationRequired(stepUpMethods(sign_in))
}
