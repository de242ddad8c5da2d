import type { Caller } from './callers.ts'
import type { Measured, measuring } from './measure.ts'
import { filled, listsOf, pathFor } from './requests.ts'

type Question = { operationId: string; query: string; caller: Caller; path: string }

/** Asks every list in every way, as every caller who may. */
export async function measureLists(
  measure: ReturnType<typeof measuring>,
  callers: readonly Caller[],
  known: Record<string, string>,
  only: string,
): Promise<Measured[]> {
  const ask = ({ caller, path, ...operation }: Question) =>
    measure(operation, caller, { method: 'GET', path })
  // What their authority costs to read is measured elsewhere.
  for (const caller of callers) await ask({ operationId: 'getMe', query: '', caller, path: '/me' })
  const all: Measured[] = []
  for (const question of questions(callers, known, only)) {
    let measured = await ask(question)
    // On a busy machine the dearest totals may meet the statement's time-out: again, but not forever.
    for (let more = 2; measured.status === 503 && more > 0; more -= 1)
      measured = await ask(question)
    if (measured.status !== 403) all.push(measured)
  }
  return all
}

function questions(
  callers: readonly Caller[],
  known: Record<string, string>,
  only: string,
): Question[] {
  const all = listsOf().flatMap((list) =>
    list.queries.flatMap((query) =>
      callers.map((caller) => {
        const path = `${pathFor(list, caller)}?${filled(query, caller, known)}`
        return { operationId: list.operationId, query, caller, path }
      }),
    ),
  )
  return all.filter(({ operationId, query, caller }) =>
    `${operationId}?${query} ${caller.name}`.includes(only),
  )
}
