import { api } from '../api/client.ts'

const aMinuteMs = 60_000

/** The tenants that one reaches oneself, by id. The first hundred: who has more sees ids for the others. */
function useOwnTenants() {
  return api.useQuery(
    'get',
    '/api/v1/me/tenants',
    { params: { query: { limit: 100, sort: 'name' } } },
    { staleTime: aMinuteMs, select: ({ data }) => new Map(data.map(({ id, name }) => [id, name])) },
  )
}

/** The tenant's name where one may know it, else its id. */
export function useTenantName(id: string | null): string {
  const { data } = useOwnTenants()
  return id === null ? '' : (data?.get(id) ?? id)
}
