import { createHmac } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import type { Clock } from '../clock.ts'
import { unauthorized } from '../http/errors.ts'

/**
 * The access token of a signed-in session: a short-lived JWT that says which session it is, and
 * nothing of what that may do. One algorithm, one issuer and audience, and a `typ` of its own, so
 * that no other token of ours or of an identity provider passes for one (RFC 8725 §3).
 */
export type AccessTokens = {
  lifetimeSeconds: number
  sign(session: { user_id: string; session_id: string }): Promise<string>
  verify(token: string): Promise<{ user_id: string; session_id: string }>
}

const algorithm = 'HS256'
const type = 'at+jwt'
const issuer = 'postern'
const lifetimeSeconds = 900

/**
 * `databaseSecret` is shared by all processes through the database. A deployment that also sets
 * `environmentSecret` has made a copy of its database useless for signing.
 */
export function accessTokens(
  databaseSecret: Uint8Array,
  environmentSecret: string,
  clock: Clock,
): AccessTokens {
  const key = createHmac('sha256', databaseSecret).update(environmentSecret).digest()
  const seconds = () => Math.floor(clock().getTime() / 1000)
  return {
    lifetimeSeconds,
    sign: ({ user_id, session_id }) =>
      new SignJWT({ sid: session_id })
        .setProtectedHeader({ alg: algorithm, typ: type })
        .setSubject(user_id)
        .setIssuer(issuer)
        .setAudience(issuer)
        .setIssuedAt(seconds())
        .setExpirationTime(seconds() + lifetimeSeconds)
        .sign(key),
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [algorithm],
          typ: type,
          issuer,
          audience: issuer,
          requiredClaims: ['sub', 'sid', 'exp', 'iat'],
          currentDate: clock(),
        })
        const isWhole = Number.isSafeInteger(payload.exp)
        if (typeof payload['sid'] === 'string' && payload.sub && isWhole) {
          return { user_id: payload.sub, session_id: payload['sid'] }
        }
      } catch (cause) {
        throw unauthorized(`access token: ${(cause as Error).message}`)
      }
      throw unauthorized('access token: malformed')
    },
  }
}
