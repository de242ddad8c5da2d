import { type QueryClient, skipToken, useQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'

const aMinuteMs = 60_000

type SeenTenant = { id: string; name: string }

/** The tenants that one reaches oneself, by id. The first hundred: of the others, those that were seen in a list. */
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
  const { data: seen } = useQuery<SeenTenant>({ queryKey: ['tenant', id], queryFn: skipToken })
  return id === null ? '' : (data?.get(id) ?? seen?.name ?? id)
}

/** The same for many: undefined of those whose name isn't known. */
export function useTenantNames(): (id: string) => string | undefined {
  const { data } = useOwnTenants()
  return (id) => data?.get(id)
}

/** Of a tenant that a search has found, so that it has its name wherever it is chosen. */
export function rememberTenant(queryClient: QueryClient, tenant: SeenTenant): void {
  queryClient.setQueryData(['tenant', tenant.id], tenant)
}
