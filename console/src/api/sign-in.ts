import type { paths } from '../generated/api.d.ts'
import { answeringClient, publicClient } from './client.ts'
import { answerByPasskey, type PasskeyAnswer } from './passkeys.ts'
import { enter } from './session.ts'

type LoginAnswer =
  paths['/api/v1/auth/login']['post']['responses'][200]['content']['application/json']
export type SecondFactorDue = Extract<LoginAnswer, { second_factor_required: true }>

/** One of these: what a person shows. */
export type Proof = {
  password?: string
  code?: string
  recovery_code?: string
  passkey?: PasskeyAnswer
}

/** What is due besides the password; null: they are signed in. Throws the envelope of a refusal, as the others here. */
export async function signIn(email: string, password: string): Promise<SecondFactorDue | null> {
  const { data, error } = await publicClient.POST('/api/v1/auth/login', {
    body: { email, password },
  })
  if (error) throw error
  if ('second_factor_required' in data) return data
  await enter(data)
  return null
}

/** Ends a sign-in that a password began. */
export async function showSecondFactor(challenge: string, proof: Proof): Promise<void> {
  const body = { challenge, ...proof }
  const { data, error } = await publicClient.POST('/api/v1/auth/second-factor', { body })
  if (error) throw error
  await enter(data)
}

/** With a passkey and nothing else. */
export async function signInByPasskey(): Promise<void> {
  const asked = await publicClient.POST('/api/v1/auth/passkey/options')
  if (asked.error) throw asked.error
  const passkey = await answerByPasskey(asked.data)
  const { data, error } = await publicClient.POST('/api/v1/auth/passkey', { body: { passkey } })
  if (error) throw error
  await enter(data)
}

/** What a passkey is to answer for stepUp. */
export async function stepUpOptions(): Promise<unknown> {
  const { data, error } = await answeringClient.POST('/api/v1/auth/step-up/options')
  if (error) throw error
  return data.passkey_options
}

/** Shows anew that it is the person who is signed in. */
export async function stepUp(proof: Proof): Promise<void> {
  const { error } = await answeringClient.POST('/api/v1/auth/step-up', { body: proof })
  if (error) throw error
}
