import type { Place } from '../access/decide.ts'
import type { Reach } from '../access/reach.ts'
import { isScopeWord, type TenantFacts } from '../access/scope.ts'
import type { Transaction } from '../audit/record-event.ts'
import { type LockedUser, lockUser } from '../db/lock-user.ts'
import { usersWithin } from '../db/reach-filters.ts'
import { notFound } from '../http/errors.ts'

const facts = { select: { id: true, type: true, status: true } } as const

/** What an account is over which somebody must have a say. */
export type Account = {
  tenant_ids: string[]
  /** The tenant scope as places of a decision. */
  places: Exclude<Place, null>[]
  grants: {
    id: string
    tenant: TenantFacts | null
    role: { id: string; name: string; permissions: string[] }
  }[]
}

/** A user who is about to be changed: locked, with everything that decides what the change would give or take. */
export type Target = LockedUser & Account

/** Locks a user who lies within reach, or throws 404. */
export async function lockTarget(tx: Transaction, id: string, reach: Reach): Promise<Target> {
  const locked = await lockUser(tx, id)
  if (!locked) throw notFound()
  return { ...locked, ...(await readAccount(tx, id, reach)) }
}

/** The same of a user who is only looked at. */
export async function readAccount(tx: Transaction, id: string, reach: Reach): Promise<Account> {
  const visible = await tx.user.count({ where: { AND: [{ id }, usersWithin(reach)] } })
  if (!visible) throw notFound()
  return accountOf(tx, id)
}

export async function accountOf(tx: Transaction, id: string): Promise<Account> {
  const scope = await tx.tenantScope.findMany({
    where: { user_id: id },
    include: { tenant: facts },
  })
  const grants = await tx.grant.findMany({
    where: { user_id: id },
    select: {
      id: true,
      tenant: facts,
      role: { select: { id: true, name: true, permissions: true } },
    },
  })
  return {
    tenant_ids: scope.flatMap(({ tenant_id }) => tenant_id ?? []),
    places: scope.flatMap(({ tenant, word }) => tenant ?? (word && isScopeWord(word) ? word : [])),
    grants,
  }
}
