import { isBoundless, isEmpty, type Reach } from '../access/reach.ts'
import { isScopeWord, type ScopeWord, scopeWords, type TenantFacts } from '../access/scope.ts'
import type { Prisma } from '../generated/prisma/client.ts'

/** The built-in principal that owns system tokens. It is nobody's colleague and appears in no list. */
export const systemPrincipalId = '00000000-0000-7000-8000-000000000000'

/** Tenants within reach. */
export function tenantsWithin(reach: Reach): Prisma.TenantWhereInput {
  const { any, types, tenants, except_tenant_ids } = reach
  const ids = tenants.map(({ id }) => id)
  return {
    status: 'active',
    id: { notIn: [...except_tenant_ids] },
    ...(!any && { OR: [{ type: { in: types } }, { id: { in: ids } }] }),
  }
}

/** Rows that belong to a tenant within reach. */
export function ofTenantsWithin(
  reach: Reach,
): { tenant_id: { in: string[] } } | { tenant: Prisma.TenantWhereInput } {
  const { any, types, tenants, except_tenant_ids } = reach
  if (any || types.length > 0) return { tenant: tenantsWithin(reach) }
  // As in scopeEntriesWithin: those that a reach names were found to be active.
  const ids = tenants.filter(({ status }) => status === 'active').map(({ id }) => id)
  return { tenant_id: { in: ids.filter((id) => !except_tenant_ids.includes(id)) } }
}

/** Entries of anybody's tenant scope that name a tenant within reach, or a word that stands for one. */
export function scopeEntriesWithin(reach: Reach): Prisma.TenantScopeWhereInput {
  const { any, types, tenants, except_tenant_ids } = reach
  if (isBoundless(reach)) return {}
  if (any)
    return { OR: [{ word: { not: null } }, { tenant_id: { notIn: [...except_tenant_ids] } }] }
  if (isEmpty(reach)) return { id: { in: [] } }
  // Those that a reach names were found to be active; a join to ask again would keep indexes from being used.
  const ids = tenants.filter(({ status }) => status === 'active').map(({ id }) => id)
  return {
    OR: [
      { word: { in: wordsWithin(reach) } },
      { tenant_id: { in: ids.filter((id) => !except_tenant_ids.includes(id)) } },
      ...(types.length > 0 ? [{ tenant: tenantsWithin({ ...reach, tenants: [] }) }] : []),
    ],
  }
}

/** The words that stand for a tenant within reach. */
export function wordsWithin(reach: Reach): ScopeWord[] {
  if (isEmpty(reach)) return []
  if (reach.any) return [...scopeWords]
  const types = new Set([...reach.types, ...reach.tenants.map(({ type }) => type)])
  return ['any', ...[...types].map((type) => `type:${type}` as const)]
}

/** Users who lie in a tenant within reach. One without any tenant is seen by whoever reaches all. */
export function usersWithin(reach: Reach): Prisma.UserWhereInput {
  const listed = { deleted_at: null, id: { not: systemPrincipalId } }
  if (isBoundless(reach)) return listed
  const within = scopeEntriesWithin(reach)
  if (!reach.any) return { ...listed, tenants: { some: within } }
  // Whoever lies in excepted tenants and nowhere else is hidden. Said this way around, it is a look at those few.
  const excepted = { tenant_id: { in: [...reach.except_tenant_ids] } }
  return { ...listed, tenants: { none: { ...excepted, user: { tenants: { none: within } } } } }
}

/** Tokens that store this tenant, or a word for it, of owners whose tenant scope holds it now. */
export function tokensReaching(tenant: TenantFacts): Prisma.TokenWhereInput {
  const here = { any: false, types: [], tenants: [tenant], except_tenant_ids: [] }
  return {
    tenants: { hasSome: [tenant.id, 'any', `type:${tenant.type}`] },
    owner: { deleted_at: null, tenants: { some: scopeEntriesWithin(here) } },
  }
}

/** The active tenants of a tenant scope. */
export function tenantsInScope(scope: readonly string[]): Prisma.TenantWhereInput {
  if (scope.includes('any')) return { status: 'active' }
  const types = (['test', 'production'] as const).filter((type) => scope.includes(`type:${type}`))
  const ids = scope.filter((entry) => !isScopeWord(entry))
  return {
    status: 'active',
    OR: [{ type: { in: types } }, { id: { in: ids } }],
  }
}
