import { useMe } from '../../access/me.ts'
import { useCatalogue } from '../../access/use-catalogue.ts'
import type { components } from '../../generated/api.d.ts'
import { permissionsAt } from '../../tokens/holdings.ts'
import { useTenantTypes } from '../../tokens/use-tenants.ts'

type Role = Pick<components['schemas']['Role'], 'permissions'>

/**
 * What of a role one doesn't hold in a tenant oneself, and so can't give there, as far as it can be told here. Of a
 * wildcard: what it means today; whether one holds the wildcard itself the server says.
 */
export function useLacking(tenant_id: string | null): (role: Role) => string[] {
  const { authority } = useMe()
  const { data: catalogue } = useCatalogue()
  const typeOf = useTenantTypes()
  if (tenant_id === null || !catalogue) return () => []
  const held = permissionsAt(authority, tenant_id, typeOf(tenant_id))
  const ofTenants = [...catalogue.values()].filter(({ scope }) => scope === 'tenant')
  return ({ permissions }) =>
    ofTenants
      .map(({ name }) => name)
      .filter((name) => permissions.some((pattern) => covers(pattern, name)) && !held.has(name))
}

const covers = (pattern: string, name: string) =>
  pattern === name ||
  pattern === '*.*' ||
  (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -1)))
