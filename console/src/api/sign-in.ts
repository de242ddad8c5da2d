import type { operations } from '../generated/api.d.ts'
import { publicClient } from './client.ts'
import { askForPasskey, type PasskeyProof } from './passkeys.ts'
import { enter } from './session.ts'

type Answer = operations['login']['responses'][200]['content']['application/json']
/** What a person whose password is right has to show besides. */
export type SecondFactorDue = Extract<Answer, { challenge: string }>
export type Method = SecondFactorDue['methods'][number]

/** One of these. */
export type Proof = { code: string } | { recovery_code: string } | { passkey: PasskeyProof }

/** Answers what is due besides; null: signed in. Throws the envelope of the refusal, as all of these do. */
export async function signIn(email: string, password: string): Promise<SecondFactorDue | null> {
  const { data, error } = await publicClient.POST('/api/v1/auth/login', {
    body: { email, password },
  })
  if (error !== undefined) throw error
  if ('challenge' in data) return data
  await enter(data)
  return null
}

/** Ends the sign-in that a password began. */
export async function showSecondFactor(challenge: string, proof: Proof): Promise<void> {
  const { data, error } = await publicClient.POST('/api/v1/auth/second-factor', {
    body: { challenge, ...proof },
  })
  if (error !== undefined) throw error
  await enter(data)
}

/** Whoever has the passkey: it says who that is. */
export async function signInWithPasskey(): Promise<void> {
  const asked = await publicClient.POST('/api/v1/auth/passkey/options')
  if (asked.error !== undefined) throw asked.error
  const passkey = await askForPasskey(asked.data)
  const { data, error } = await publicClient.POST('/api/v1/auth/passkey', { body: { passkey } })
  if (error !== undefined) throw error
  await enter(data)
}
