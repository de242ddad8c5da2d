import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'

/**
 * A token is `<prefix>_pat_` (system tokens: `<prefix>_sys_`), 43 base62 characters that carry 256
 * random bits, and the CRC-32 of all before it as 6 base62 characters. The checksum lets a typo or a
 * secret scanner be answered without a look into the database.
 */
export type TokenKind = 'pat' | 'sys'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const secretBytes = 32
const secretLength = 43
const checksumLength = 6

export type RandomBytes = (size: number) => Uint8Array

export function generateToken(prefix: string, kind: TokenKind, randomBytes: RandomBytes): string {
  const secret = base62(BigInt(`0x${Buffer.from(randomBytes(secretBytes)).toString('hex')}`))
  const body = `${prefix}_${kind}_${secret.padStart(secretLength, '0')}`
  return body + checksum(body)
}

/** Has this text the form of one of our tokens, checksum included? */
export function isWellFormedToken(text: string, prefix: string): boolean {
  const body = text.slice(0, -checksumLength)
  const head = `${prefix}_`.length
  if (body.length !== head + 'pat_'.length + secretLength) return false
  if (!body.startsWith(`${prefix}_pat_`) && !body.startsWith(`${prefix}_sys_`)) return false
  if (!/^[0-9A-Za-z]+$/.test(body.slice(head + 'pat_'.length))) return false
  return text.slice(-checksumLength) === checksum(body)
}

/** What the database stores of a token: its SHA-256. 256 random bits need no slow hash (ADR-0005). */
export function hashToken(token: string): Buffer<ArrayBuffer> {
  return Buffer.from(hash('sha256', token, 'hex'), 'hex')
}

export const hintOf = (token: string): string => token.slice(-4)

function checksum(body: string): string {
  return base62(BigInt(crc32(body))).padStart(checksumLength, '0')
}

function base62(value: bigint): string {
  let digits = ''
  for (let rest = value; rest > 0n; rest /= 62n) digits = alphabet[Number(rest % 62n)] + digits
  return digits
}
