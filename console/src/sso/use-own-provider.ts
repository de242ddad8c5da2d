import { api } from '../api/client.ts'

const params = { query: { limit: 100 } }

/** The name of the provider by which this session began; null while it isn't known. */
export function useOwnProvider(): string | null {
  const sessions = api.useQuery('get', '/api/v1/me/sessions', { params })
  const identities = api.useQuery('get', '/api/v1/me/external-identities', { params })
  const current = sessions.data?.data.find(({ is_current }) => is_current)
  const providers = identities.data?.data.map(({ identity_provider }) => identity_provider) ?? []
  return providers.find(({ id }) => id === current?.identity_provider_id)?.name ?? null
}
