import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import type { operations } from '../generated/api.d.ts'
import { NotShown } from './errors.ts'

export const canUsePasskeys = browserSupportsWebAuthn

type BodyOf<Operation extends 'signInWithPasskey' | 'createPasskey'> =
  operations[Operation]['requestBody']['content']['application/json']['passkey']
export type PasskeyProof = BodyOf<'signInWithPasskey'>

/** What the person’s device signs. Throws NotShown where they turned away, or it has none. */
export async function askForPasskey(options: object): Promise<PasskeyProof> {
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON
  // Its form is that of WebAuthn, which the API's document does not repeat.
  return (await startAuthentication({ optionsJSON }).catch(notShown)) as PasskeyProof
}

export async function makePasskey(options: object): Promise<BodyOf<'createPasskey'>> {
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON
  return (await startRegistration({ optionsJSON }).catch(notShown)) as BodyOf<'createPasskey'>
}

/** Browsers tell a page no more than that: why is between them and the person. */
function notShown(cause: unknown): never {
  throw new NotShown('', { cause })
}
