import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { operations } from '../generated/api.d.ts'
import { NotShown } from './errors.ts'

/** Loaded where it is used: most page views ask for no passkey. */
const load = () => import('@simplewebauthn/browser')

export const canUsePasskeys = (): boolean => 'PublicKeyCredential' in globalThis

type BodyOf<Operation extends 'signInWithPasskey' | 'createPasskey'> =
  operations[Operation]['requestBody']['content']['application/json']['passkey']
export type PasskeyProof = BodyOf<'signInWithPasskey'>

/** What the person’s device signs. Throws NotShown where they turned away, or it has none. */
export async function askForPasskey(options: object): Promise<PasskeyProof> {
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON
  const { startAuthentication } = await load()
  // Its form is that of WebAuthn, which the API's document does not repeat.
  return (await startAuthentication({ optionsJSON }).catch(notShown)) as PasskeyProof
}

export async function makePasskey(options: object): Promise<BodyOf<'createPasskey'>> {
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON
  const { startRegistration } = await load()
  return (await startRegistration({ optionsJSON }).catch(notShown)) as BodyOf<'createPasskey'>
}

/** Browsers tell a page no more than that: why is between them and the person. */
function notShown(cause: unknown): never {
  throw new NotShown('', { cause })
}
