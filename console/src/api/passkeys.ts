import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { paths } from '../generated/api.d.ts'
import { secondFactorTexts } from '../texts/second-factors.ts'
import { NotDone } from './errors.ts'

type BodyOf<Path extends keyof paths> = paths[Path] extends {
  post: { requestBody: { content: { 'application/json': infer Body } } }
}
  ? Body
  : never

/** What a passkey says to a challenge. */
export type PasskeyAnswer = BodyOf<'/api/v1/auth/passkey'>['passkey']
export type NewPasskey = BodyOf<'/api/v1/me/passkeys'>['passkey']

type Library = typeof import('@simplewebauthn/browser')

/** Loaded by who uses a passkey, and nobody else. Throws NotDone, with what to tell the person. */
async function withLibrary(use: (library: Library) => Promise<unknown>): Promise<unknown> {
  const library = await import('@simplewebauthn/browser')
  try {
    return await use(library)
  } catch (error) {
    const { notByName, couldNot } = secondFactorTexts.passkeyProblems
    throw new NotDone(notByName[error instanceof Error ? error.name : ''] ?? couldNot)
  }
}

/** Asks the browser to use a passkey. The options are the server's, of a form that is WebAuthn's. */
export async function answerByPasskey(options: unknown): Promise<PasskeyAnswer> {
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON
  const answer = await withLibrary((library) => library.startAuthentication({ optionsJSON }))
  return answer as PasskeyAnswer
}

/** Asks the browser to make one. */
export async function makePasskey(options: unknown): Promise<NewPasskey> {
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON
  const made = await withLibrary((library) => library.startRegistration({ optionsJSON }))
  return made as NewPasskey
}
