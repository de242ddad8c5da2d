import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import type { Permission } from './types.ts'

const fiveMinutesMs = 300_000
const limit = 100

/** The whole catalogue of permissions, by name: what each one is for, and whether it is of tenants or the platform. */
export function useCatalogue(): ReadonlyMap<string, Permission> {
  const { data } = useQuery({
    queryKey: ['catalogue'],
    queryFn: readAll,
    staleTime: fiveMinutesMs,
    retry: false,
  })
  return data ?? nothing
}

const nothing: ReadonlyMap<string, Permission> = new Map()

async function readAll(): Promise<ReadonlyMap<string, Permission>> {
  const all = new Map<string, Permission>()
  for (let page = 1; ; page++) {
    const { data, error } = await client.GET('/api/v1/permissions', {
      params: { query: { page, limit } },
    })
    if (error) throw error
    for (const permission of data.data) all.set(permission.name, permission)
    if (page * limit >= data.total) return all
  }
}
