import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

type Options = { challenge: string; rpId?: string; rp?: { id?: string }; user?: { id: string } }
/** What an authenticator or a browser that is not what it should be says instead. */
type Oddity = {
  origin?: string
  type?: string
  challenge?: string
  rpId?: string
  userVerified?: boolean
  userPresent?: boolean
  counter?: number
  userHandle?: string
  signedWith?: KeyObject
}

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest()

/**
 * An authenticator of WebAuthn level 2 in software, with one key of ES256 (RFC 9053), and the browser in front
 * of it: what it signs is really signed, and nothing of the library that verifies it is replaced.
 */
export function authenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credentialId = randomBytes(16)
  const id = base64url(credentialId)
  let counter = 0
  let handle = ''

  const clientDataOf = (type: string, challenge: string, odd: Oddity) =>
    Buffer.from(
      JSON.stringify({
        type: odd.type ?? type,
        challenge: odd.challenge ?? challenge,
        origin: odd.origin ?? origin,
        crossOrigin: false,
      }),
    )

  /** §6.1: hash of the host, flags (present 1, verified 4, credential 64), count. */
  function authData(rpId: string, odd: Oddity, credential = Buffer.alloc(0)): Buffer {
    const { userPresent = true, userVerified = true } = odd
    const flags = (userPresent ? 1 : 0) + (userVerified ? 4 : 0) + (credential.length > 0 ? 64 : 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(odd.counter ?? counter)
    return Buffer.concat([sha256(odd.rpId ?? rpId), Buffer.of(flags), count, credential])
  }

  return {
    id,
    /** As `navigator.credentials.create()`. */
    create(options: Options, odd: Oddity = {}) {
      handle = options.user?.id ?? ''
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      // RFC 9053: key type EC2, ES256, on P-256.
      const key = new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
        [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
      ])
      const idLength = Buffer.alloc(2)
      idLength.writeUInt16BE(credentialId.length)
      const parts = [Buffer.alloc(16), idLength, credentialId, isoCBOR.encode(key)]
      const data = authData(options.rp?.id ?? '', odd, Buffer.concat(parts))
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(data)],
      ])
      return {
        ...common(id),
        response: {
          clientDataJSON: base64url(clientDataOf('webauthn.create', options.challenge, odd)),
          attestationObject: base64url(isoCBOR.encode(attestation as never)),
          transports: ['internal'],
        },
      }
    },
    /** As `navigator.credentials.get()`. */
    get(options: Options, odd: Oddity = {}) {
      counter += 1
      const clientData = clientDataOf('webauthn.get', options.challenge, odd)
      const data = authData(options.rpId ?? '', odd)
      const signed = Buffer.concat([data, sha256(clientData)])
      return {
        ...common(id),
        response: {
          clientDataJSON: base64url(clientData),
          authenticatorData: base64url(data),
          signature: base64url(sign('sha256', signed, odd.signedWith ?? privateKey)),
          userHandle: odd.userHandle ?? handle,
        },
      }
    },
  }
}

const common = (id: string) => ({
  id,
  rawId: id,
  type: 'public-key' as const,
  clientExtensionResults: {},
})
