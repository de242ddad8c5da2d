import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { rememberTenant } from '../access/tenant-names.ts'
import { api } from '../api/client.ts'
import { reaches, type TenantType } from './holdings.ts'

const limit = 100
const aMinuteMs = 60_000

function useOwnTenants(search: string) {
  const query = { limit, sort: 'name' as const, ...(search && { search }) }
  return api.useQuery(
    'get',
    '/api/v1/me/tenants',
    { params: { query } },
    { staleTime: aMinuteMs, placeholderData: (before) => before },
  )
}

/** The tenants that one reaches oneself and that are within this scope; found by the server, a hundred at a time. */
export function useTenants(scope: readonly string[], search: string) {
  const queryClient = useQueryClient()
  const { data, error, refetch } = useOwnTenants(search)
  useEffect(() => {
    for (const tenant of data?.data ?? []) rememberTenant(queryClient, tenant)
  }, [data, queryClient])
  return {
    tenants: (data?.data ?? []).filter(({ id, type }) => reaches(scope, id, type)),
    hasMore: (data?.total ?? 0) > limit,
    isComplete: data !== undefined && data.total <= limit && search === '',
    isLoading: data === undefined && error === null,
    error,
    refetch,
  }
}

/** The type of a tenant that is among the first hundred, or was found by a search; undefined of others. */
export function useTenantTypes(): (id: string) => TenantType | undefined {
  const queryClient = useQueryClient()
  const { data } = useOwnTenants('')
  return useCallback(
    (id) => {
      const own = data?.data.find((tenant) => tenant.id === id)
      return (own ?? queryClient.getQueryData<{ type: TenantType }>(['tenant', id]))?.type
    },
    [data, queryClient],
  )
}
