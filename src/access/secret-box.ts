import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import type { RandomBytes } from './token.ts'

/** Seals what must be readable again, and by nobody who has the database alone. */
export type SecretBox = {
  /** `context` says whose it is: sealed for one, it opens for no other. */
  seal(plain: Uint8Array, context: string): Buffer<ArrayBuffer>
  /** Null where it was sealed with another key, for another, or was changed since. */
  open(sealed: Uint8Array, context: string): Buffer<ArrayBuffer> | null
}

const algorithm = 'aes-256-gcm'
const version = 1
const nonceBytes = 12
const tagBytes = 16

/**
 * AES-256-GCM under a key of its own, derived (HKDF, RFC 5869) from what also signs access tokens: the
 * database's secret, mixed with the environment's where there is one (ADR 31).
 */
export function secretBox(
  databaseSecret: Uint8Array,
  environmentSecret: string,
  randomBytes: RandomBytes,
): SecretBox {
  const material = createHmac('sha256', databaseSecret).update(environmentSecret).digest()
  const key = Buffer.from(hkdfSync('sha256', material, '', 'postern.second-factors.v1', 32))
  return {
    seal(plain, context) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(context))
      const body = [cipher.update(plain), cipher.final()]
      return Buffer.concat([Buffer.of(version), nonce, ...body, cipher.getAuthTag()])
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed)
      if (bytes[0] !== version || bytes.length < 1 + nonceBytes + tagBytes) return null
      const nonce = bytes.subarray(1, 1 + nonceBytes)
      const cipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
      cipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-tagBytes))
      try {
        return Buffer.concat([
          cipher.update(bytes.subarray(1 + nonceBytes, -tagBytes)),
          cipher.final(),
        ])
      } catch {
        return null
      }
    },
  }
}
