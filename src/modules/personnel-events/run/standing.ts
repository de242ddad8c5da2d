import { reaches, type TenantFacts } from '../../../access/scope.ts'
import type { Transaction } from '../../../audit/record-event.ts'

const role = { select: { id: true, name: true, permissions: true, built_in: true } } as const

/** What a user has in a tenant, as it is stored now. */
export async function standingOf(tx: Transaction, user_id: string, tenant: TenantFacts) {
  const entries = await tx.tenantScope.findMany({ where: { user_id } })
  const grants = await tx.grant.findMany({
    where: { user_id, OR: [{ tenant_id: null }, { tenant_id: tenant.id }] },
    select: { id: true, tenant_id: true, role },
    orderBy: { id: 'asc' },
  })
  const words = entries.flatMap(({ word }) => word ?? [])
  const isListed = entries.some(({ tenant_id }) => tenant_id === tenant.id)
  return {
    /** The tenant itself is in the user's tenant scope. */
    isListed,
    /** The words of the tenant scope that stand for this tenant, too. */
    words: words.filter((word) => reaches([word], tenant)),
    isReached: isListed || reaches(words, tenant),
    /** The grants in this tenant. */
    here: grants.filter(({ tenant_id }) => tenant_id !== null),
    /** Those in force in every tenant of the scope. */
    everywhere: grants.filter(({ tenant_id }) => tenant_id === null),
  }
}

export type Standing = Awaited<ReturnType<typeof standingOf>>
