import {
  authorizationCodeGrant,
  type Configuration,
  fetchUserInfo,
  type IDToken,
} from 'openid-client'
import type { Clock } from '../clock.ts'
import { SsoRefused } from './sso-refused.ts'

/** What a provider says of who came back. Only issuer and subject say who it is. */
export type Vouched = {
  issuer: string
  subject: string
  /** When the person was asked there for who they are; null where the provider doesn't say. */
  authenticated_at: Date | null
  /** As the ID token has it, or else the userinfo endpoint, which is asked when this is called. */
  details(): Promise<Details>
}

export type Details = { email: string | null; is_email_verified: boolean; name: string | null }

type Attempt = {
  issuer: string
  state: string
  nonce: string
  code_verifier: string
  /** The person must have been asked for who they are after this. */
  since: Date | null
}

/** Between our clock and a provider's; the library allows exp as much. */
const skewSeconds = 30
/** OpenID Connect Core §2. */
const subjectMax = 255

/** Exchanges the code of this answer, and checks all that there is to check. Throws an SsoRefused. */
export async function vouchedFor(
  config: Configuration,
  answer: URL,
  { issuer, state, nonce, code_verifier, since }: Attempt,
  clock: Clock,
): Promise<Vouched> {
  const tokens = await authorizationCodeGrant(config, answer, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: code_verifier,
    idTokenExpected: true,
  }).catch((error) => {
    throw new SsoRefused('the answer is not in order', error)
  })
  const claims = tokens.claims()
  if (!claims) throw new SsoRefused('no ID token')
  const fault = faultOf(claims, clock(), { issuer, client_id: config.clientMetadata().client_id })
  if (fault !== undefined) throw new SsoRefused(fault)
  const authenticated_at = timeOf(claims.auth_time)
  if (since !== null && !isSince(authenticated_at, since)) throw new SsoRefused('not asked anew')
  return {
    issuer,
    subject: claims.sub,
    authenticated_at,
    async details() {
      if (claims['email'] !== undefined || !config.serverMetadata().userinfo_endpoint) {
        return detailsOf(claims)
      }
      // It throws for who is another subject.
      return detailsOf(
        await fetchUserInfo(config, tokens.access_token, claims.sub).catch((error) => {
          throw new SsoRefused('no userinfo', error)
        }),
      )
    },
  }
}

/** What is wrong with claims, beyond what the library looks at. */
function faultOf(
  claims: IDToken,
  now: Date,
  { issuer, client_id }: { issuer: string; client_id: string },
): string | undefined {
  const latest = now.getTime() / 1000 + skewSeconds
  if (claims.iss !== issuer) return 'another issuer'
  if (claims.azp !== undefined && claims.azp !== client_id) return 'azp'
  if (claims.iat > latest) return 'iat is to come'
  if ((claims.auth_time ?? 0) > latest) return 'auth_time is to come'
  return isSubject(claims.sub) ? undefined : 'no subject'
}

const timeOf = (seconds: unknown) => (typeof seconds === 'number' ? new Date(seconds * 1000) : null)

const isSince = (time: Date | null, since: Date) =>
  time !== null && time.getTime() >= since.getTime() - skewSeconds * 1000

const isSubject = (sub: string) =>
  sub.length > 0 && sub.length <= subjectMax && sub.isWellFormed() && !/\p{Cc}/u.test(sub)

/** The text "true" is not true: whoever sends it has not understood what it says. */
const detailsOf = (claims: Record<string, unknown>): Details => ({
  email: textOf(claims['email'])?.toLowerCase() ?? null,
  is_email_verified: claims['email_verified'] === true,
  name: textOf(claims['name']),
})

const textOf = (value: unknown) =>
  typeof value === 'string' && value.isWellFormed() ? value : null
