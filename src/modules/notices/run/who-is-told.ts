import type { Transaction } from '../../../audit/record-event.ts'
import { systemPrincipalId } from '../../../db/reach-filters.ts'

type Owned = {
  created_by: string
  owner: { id: string; is_service_account: boolean }
}

/** The people whom a token concerns: its owner, who answers for a service account, who made a system token. */
export async function whoIsTold(tx: Transaction, { owner, created_by }: Owned): Promise<string[]> {
  if (owner.id === systemPrincipalId) return [created_by]
  if (!owner.is_service_account) return [owner.id]
  const people = await tx.accountablePerson.findMany({ where: { service_account_id: owner.id } })
  return people.map(({ user_id }) => user_id)
}
