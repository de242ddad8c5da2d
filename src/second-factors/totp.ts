import { Secret, TOTP } from 'otpauth'
import type { RandomBytes } from '../access/token.ts'

/** 160 bits, as RFC 4226 §4 recommends; every app reads these, SHA-1, 6 digits and 30 s (RFC 6238). */
const secretBytes = 20
const issuer = 'Postern'

export const newTotpSecret = (randomBytes: RandomBytes): Uint8Array => randomBytes(secretBytes)

/** As a person types it, and as an app reads it from a picture. */
export function shownTotp(secret: Uint8Array, label: string) {
  const totp = new TOTP({ issuer, label, secret: secretOf(secret) })
  return { secret: totp.secret.base32, otpauth_url: totp.toString() }
}

/**
 * The step of time that this code belongs to, or null: the one of now, the one before or the one after, since
 * clocks differ and people type slowly (RFC 6238 §5.2).
 */
export function stepOfCode(secret: Uint8Array, code: string, now: Date): number | null {
  const timestamp = now.getTime()
  const delta = TOTP.validate({ token: code, secret: secretOf(secret), timestamp, window: 1 })
  return delta === null ? null : TOTP.counter({ timestamp }) + delta
}

/** Of the bytes alone: what Node calls a buffer may share its memory with others. */
const secretOf = (bytes: Uint8Array) => new Secret({ buffer: new Uint8Array(bytes).buffer })
