import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import type { components } from '../generated/api.d.ts'

export type Permission = components['schemas']['Permission']

const aMinuteMs = 60_000
const limit = 100

/** The whole catalogue of permissions, by name: what each is for, and whether it is of tenants or the platform. */
export function useCatalogue() {
  return useQuery({ queryKey: ['catalogue'], queryFn: readAll, staleTime: aMinuteMs })
}

async function readAll(): Promise<ReadonlyMap<string, Permission>> {
  const all = new Map<string, Permission>()
  for (let page = 1; ; page += 1) {
    const { data, error } = await client.GET('/api/v1/permissions', {
      params: { query: { page, limit } },
    })
    if (error) throw error
    for (const permission of data.data) all.set(permission.name, permission)
    if (page * limit >= data.total) return all
  }
}
