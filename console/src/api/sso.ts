import { answeringClient, client, publicClient } from './client.ts'

/** Where the console says, to the page that waits, that somebody has come back (pages/returned.tsx). */
export const returnPage = '/sign-in/returned'

/** With where to go on afterwards: a link, not a call. */
export const startAddress = (id: string, return_to: string): string =>
  `/api/v1/auth/sso/${id}/start?${new URLSearchParams({ return_to })}`

export type OfferedProvider = { id: string; name: string }

/** The providers by which people sign in. Throws the envelope of a refusal, as the others here. */
export async function offeredProviders(): Promise<OfferedProvider[]> {
  const params = { query: { limit: 100 } }
  const { data, error } = await publicClient.GET('/api/v1/auth/sso/providers', { params })
  if (error) throw error
  return data.data
}

/** Where to show at one's provider that it is oneself. */
export async function beginStepUp(return_to: string): Promise<string> {
  const { data, error } = await answeringClient.POST('/api/v1/auth/step-up/sso', {
    body: { return_to },
  })
  if (error) throw error
  return data.authorization_url
}

/** Where to show who one is to a provider, so that one can sign in by it. */
export async function beginLinking(provider_id: string, return_to: string): Promise<string> {
  const { data, error } = await client.POST('/api/v1/me/external-identities/{provider_id}/start', {
    params: { path: { provider_id } },
    body: { return_to },
  })
  if (error) throw error
  return data.authorization_url
}
