import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { decodeClientDataJSON } from '@simplewebauthn/server/helpers'
import type { Transaction } from '../audit/record-event.ts'
import type { RelyingParty } from './relying-party.ts'

type Known = { credential_id: string; transports: string[] }

const timeout = 5 * 60_000
const bytesOf = (base64url: string) => new Uint8Array(Buffer.from(base64url, 'base64url'))
/** What an authenticator keeps to name the person by: the id, of which nobody learns anything. */
const handleOf = (userId: string) => new Uint8Array(Buffer.from(userId.replaceAll('-', ''), 'hex'))
const named = (known: Known[]) =>
  known.map(({ credential_id, transports }) => ({ id: credential_id, transports }))

/** Options for a new passkey: one that its owner unlocks, and that a sign-in finds without a name. */
export function registrationOptions(
  relyingParty: RelyingParty,
  person: { id: string; email: string | null; name: string },
  known: Known[],
  challenge: string,
) {
  return generateRegistrationOptions({
    rpName: relyingParty.name,
    rpID: relyingParty.id,
    userID: handleOf(person.id),
    userName: person.email ?? person.name,
    userDisplayName: person.name,
    challenge: bytesOf(challenge),
    excludeCredentials: named(known),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    timeout,
  })
}

/** Options to use a passkey: one of these, or with none whichever the person has. */
export function authenticationOptions(
  relyingParty: RelyingParty,
  known: Known[],
  challenge: string,
) {
  return generateAuthenticationOptions({
    rpID: relyingParty.id,
    challenge: bytesOf(challenge),
    userVerification: 'required',
    timeout,
    ...(known.length > 0 && { allowCredentials: named(known) }),
  })
}

/** The challenge that a response says it answers: empty where it says nothing that can be read. */
export function challengeOf({ response }: { response: { clientDataJSON: string } }): string {
  try {
    return String(decodeClientDataJSON(response.clientDataJSON).challenge ?? '')
  } catch {
    return ''
  }
}

/** What is to be kept of a new passkey; null where the response proves none. */
export async function newPasskey(
  response: RegistrationResponseJSON,
  expectedChallenge: string,
  { id, origin }: RelyingParty,
) {
  const { registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
  }).catch(() => ({ registrationInfo: undefined }))
  if (!registrationInfo) return null
  const { credential, credentialBackedUp } = registrationInfo
  return {
    credential_id: credential.id,
    public_key: Buffer.from(credential.publicKey),
    sign_count: credential.counter,
    transports: response.response.transports ?? [],
    is_backed_up: credentialBackedUp,
  }
}

type Row = {
  id: string
  credential_id: string
  public_key: Buffer
  sign_count: bigint
  transports: string[]
}

/**
 * Takes the use of a passkey of this person. Refused is whatever was not signed for this challenge, this page
 * and this host by an authenticator that had verified its user, and a count that does not grow: then there are
 * two of it (WebAuthn §7.2).
 */
export async function takePasskey(
  tx: Transaction,
  userId: string,
  response: AuthenticationResponseJSON,
  expectedChallenge: string,
  { id: rpId, origin }: RelyingParty,
): Promise<boolean> {
  const { userHandle } = response.response
  if (userHandle && userHandle !== Buffer.from(handleOf(userId)).toString('base64url')) return false
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT id, credential_id, public_key, sign_count, transports FROM passkeys
    WHERE credential_id = ${response.id} AND user_id = ${userId}::uuid FOR UPDATE`
  if (!row) return false
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    credential: {
      id: row.credential_id,
      publicKey: new Uint8Array(row.public_key),
      counter: Number(row.sign_count),
      transports: row.transports,
    },
  }).catch(() => ({ verified: false as const, authenticationInfo: undefined }))
  if (!verified || !authenticationInfo) return false
  const { newCounter, credentialBackedUp } = authenticationInfo
  await tx.$executeRaw`
    UPDATE passkeys SET sign_count = ${newCounter}, is_backed_up = ${credentialBackedUp},
      last_used_at = now() WHERE id = ${row.id}::uuid`
  return true
}
