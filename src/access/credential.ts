import { AppError, unauthorized } from '../http/errors.ts'
import { headersNamed } from '../http/headers-named.ts'
import { hexHashOf, isWellFormedToken } from './token.ts'

/** What arrived, in a form that can be looked up (hashes in hexadecimal). Nothing about it is verified yet but its shape. */
export type Credential =
  | { kind: 'personal_access_token'; token_hash: string }
  | { kind: 'session'; access_token: string }

const bearer = /^bearer +([\x21-\x7e]+)$/i

/**
 * The Authorization header as a credential; everything else that a request could carry a token in
 * (query, cookie, body) is ignored. Throws 401 without a database call where the shape is wrong, and
 * 400 where two credentials arrive at once, of which one would be picked silently (RFC 6750 §2).
 */
export function readCredential(rawHeaders: readonly string[], tokenPrefix: string): Credential {
  const values = headersNamed('authorization', rawHeaders)
  if (values.length > 1) {
    throw new AppError('validation_error', 'Send one Authorization header')
  }
  const [header] = values
  if (header === undefined || header.trim() === '') throw unauthorized('no credential', 'absent')
  const text = bearer.exec(header.trim())?.[1]
  if (text === undefined) throw unauthorized('not a bearer credential')
  return credentialOf(text, tokenPrefix)
}

/** A bearer credential by its form. Throws 401 for one that is none of ours. */
export function credentialOf(text: string, tokenPrefix: string): Credential {
  if (isWellFormedToken(text, tokenPrefix)) {
    return { kind: 'personal_access_token', token_hash: hexHashOf(text) }
  }
  // A JSON Web Token has three parts; its signature is checked before anything is looked up.
  if (text.split('.').length === 3) return { kind: 'session', access_token: text }
  throw unauthorized('malformed')
}
