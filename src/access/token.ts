import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'

/**
 * A token is `<prefix>_pat_` (system tokens: `<prefix>_sys_`; the key of a calendar feed, which is no credential:
 * `<prefix>_cal_`), 43 base62 characters that carry 256
 * random bits, and the CRC-32 of all before it as 6 base62 characters. The checksum lets a typo or a
 * secret scanner be answered without a look into the database.
 */
export type TokenKind = 'pat' | 'sys' | 'cal'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const base62Digits = /^[0-9A-Za-z]+$/
const secretBytes = 32
const secretLength = 43
const checksumLength = 6

export type RandomBytes = (size: number) => Uint8Array

export function generateToken(prefix: string, kind: TokenKind, randomBytes: RandomBytes): string {
  const secret = base62(BigInt(`0x${Buffer.from(randomBytes(secretBytes)).toString('hex')}`))
  const body = `${prefix}_${kind}_${secret.padStart(secretLength, '0')}`
  return body + checksum(body)
}

/** Has this text the form of one of our tokens, or of what else is asked for, checksum included? */
export function isWellFormedToken(
  text: string,
  prefix: string,
  kinds: readonly TokenKind[] = ['pat', 'sys'],
): boolean {
  const body = text.slice(0, -checksumLength)
  const head = `${prefix}_`.length
  if (body.length !== head + 'pat_'.length + secretLength) return false
  if (!kinds.some((kind) => body.startsWith(`${prefix}_${kind}_`))) return false
  if (!base62Digits.test(body.slice(head + 'pat_'.length))) return false
  return text.slice(-checksumLength) === checksum(body)
}

/** What the database stores of a token: its SHA-256. 256 random bits need no slow hash (ADR-0005). */
export function hashToken(token: string): Buffer<ArrayBuffer> {
  return Buffer.from(hexHashOf(token), 'hex')
}

/** The same in hexadecimal, as a token is looked up by: made in a fifth of the time. */
export const hexHashOf = (token: string): string => hash('sha256', token, 'hex')

export const hintOf = (token: string): string => token.slice(-4)

function checksum(body: string): string {
  let digits = ''
  for (let rest = crc32(body); digits.length < checksumLength; rest = Math.floor(rest / 62)) {
    digits = alphabet[rest % 62] + digits
  }
  return digits
}

function base62(value: bigint): string {
  let digits = ''
  for (let rest = value; rest > 0n; rest /= 62n) digits = alphabet[Number(rest % 62n)] + digits
  return digits
}
