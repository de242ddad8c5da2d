import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import type { RandomBytes } from './token.ts'

/**
 * Secrets that have to be known again, unlike passwords and tokens, are stored sealed: AES-256-GCM, bound to the
 * place where they belong, so that none can be moved to another row.
 */
export type Sealing = {
  seal(place: string, secret: string): Uint8Array<ArrayBuffer>
  /** Null: it was sealed with another key, or for another place, or has been changed. */
  open(place: string, sealed: Uint8Array): string | null
}

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** The key is made of both secrets that sign access tokens, and can't be told from what they sign. */
export function sealing(
  databaseSecret: Uint8Array,
  environmentSecret: string,
  randomBytes: RandomBytes,
): Sealing {
  const key = Buffer.from(
    hkdfSync('sha256', databaseSecret, environmentSecret, 'postern.sealing.v1', 32),
  )
  return {
    seal(place, secret) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(place))
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), text]))
    },
    open(place, sealed) {
      const nonce = sealed.subarray(0, nonceBytes)
      const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes)
      if (tag.length !== tagBytes) return null
      const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
      decipher.setAAD(Buffer.from(place)).setAuthTag(tag)
      try {
        const text = decipher.update(sealed.subarray(nonceBytes + tagBytes))
        return Buffer.concat([text, decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
  }
}
