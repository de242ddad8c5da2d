import { authorizationCodeGrant, type Configuration, fetchUserInfo } from 'openid-client'
import type { Clock } from '../clock.ts'
import { SsoRefused } from './sso-refused.ts'

/** What a provider says of who came back. Only issuer and subject say who it is. */
export type Vouched = {
  issuer: string
  subject: string
  /** As the ID token has it, or else the userinfo endpoint, which is asked when this is called. */
  details(): Promise<Details>
}

export type Details = { email: string | null; is_email_verified: boolean; name: string | null }

type Attempt = { issuer: string; state: string; nonce: string; code_verifier: string }

/** Between our clock and a provider's; the library allows exp as much. */
const skewSeconds = 30
/** OpenID Connect Core §2. */
const subjectMax = 255

/** Exchanges the code of this answer, and checks all that there is to check. Throws an SsoRefused. */
export async function vouchedFor(
  config: Configuration,
  answer: URL,
  { issuer, state, nonce, code_verifier }: Attempt,
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
  const { client_id } = config.clientMetadata()
  // Beyond what the library looks at.
  if (claims.iss !== issuer) throw new SsoRefused('another issuer')
  if (claims.azp !== undefined && claims.azp !== client_id) throw new SsoRefused('azp')
  if (claims.iat > clock().getTime() / 1000 + skewSeconds) throw new SsoRefused('iat is to come')
  if (!isSubject(claims.sub)) throw new SsoRefused('no subject')
  return {
    issuer,
    subject: claims.sub,
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
