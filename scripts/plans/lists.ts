import type { Caller } from './callers.ts'
import type { Measured, measuring } from './measure.ts'
import { filled, listsOf, pathFor } from './requests.ts'

/**
 * Asks every list in every way, as every caller who may. Twice, and the second time counts: the first may find
 * the credential's authority unread, statements unprepared and pages on disk.
 */
export async function measureLists(
  measure: ReturnType<typeof measuring>,
  callers: readonly Caller[],
  known: Record<string, string>,
  only: string,
): Promise<Measured[]> {
  const all: Measured[] = []
  for (const list of listsOf()) {
    for (const query of list.queries) {
      for (const caller of callers) {
        const operation = { operationId: list.operationId, query }
        if (!`${list.operationId}?${query} ${caller.name}`.includes(only)) continue
        const path = `${pathFor(list, caller)}?${filled(query, caller, known)}`
        const first = await measure(operation, caller, { method: 'GET', path })
        if (first.status === 403) continue
        all.push(await measure(operation, caller, { method: 'GET', path }))
      }
    }
  }
  return all
}
