import type { Place } from '../../access/decide.ts'
import { isScopeWord, isUuid } from '../../access/scope.ts'
import type { Transaction } from '../../audit/record-event.ts'

/** Scope entries as places of a decision. */
export async function storedPlaces(
  tx: Transaction,
  entries: readonly string[],
): Promise<Exclude<Place, null>[]> {
  const tenants = await tx.tenant.findMany({
    where: { id: { in: entries.filter(isUuid) } },
    select: { id: true, type: true, status: true },
  })
  return [...entries.filter(isScopeWord), ...tenants]
}
