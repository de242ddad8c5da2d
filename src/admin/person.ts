import type { Transaction } from '../audit/record-event.ts'
import { type LockedUser, lockUser } from '../db/lock-user.ts'
import { Misuse } from './command.ts'

export type Person = LockedUser & { email: string; tenant_ids: string[] }

/** Locks the person with this e-mail address. */
export async function lockPerson(tx: Transaction, given: string): Promise<Person> {
  const email = given.trim().toLowerCase()
  const found = await tx.user.findFirst({ where: { email, deleted_at: null } })
  const locked = found && (await lockUser(tx, found.id))
  if (!locked) throw new Misuse(`There is nobody with the e-mail address ${email}`)
  const scope = await tx.tenantScope.findMany({ where: { user_id: locked.id } })
  return { ...locked, email, tenant_ids: scope.flatMap(({ tenant_id }) => tenant_id ?? []) }
}
