import { useLocation, useSearchParams } from 'react-router'

const names = [
  'actor_id',
  'action',
  'target_id',
  'tenant_id',
  'from',
  'to',
  'correlation_id',
] as const

type FilterName = (typeof names)[number]

export type EventFilters = {
  /** As the API takes them. */
  values: Partial<Record<FilterName, string>>
  /** Sets or, without a value, drops filters, and goes back to the newest events. */
  set(values: Partial<Record<FilterName, string | null>>): void
  clear(): void
  cursor: string | undefined
  /** Turns to what is older than this cursor. */
  turnToOlder(cursor: string): void
  /** Null where there is nothing newer, or where one has come by a link and it isn't known. */
  turnToNewer: (() => void) | null
  turnToNewest(): void
}

/** Which part of the log is shown is in the address; the way back to newer pages is in the history. */
export function useEventFilters(): EventFilters {
  const [params, setParams] = useSearchParams()
  const newer: string[] = useLocation().state?.newer ?? []
  const cursor = params.get('cursor') ?? undefined
  const entries = names.flatMap((name) => {
    const value = params.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  function turnTo(next: string | null, behind: string[]) {
    setParams((before) => withValues(before, { cursor: next }), { state: { newer: behind } })
  }
  return {
    values: Object.fromEntries(entries),
    set: (values) =>
      setParams((before) => withValues(before, { ...values, cursor: null }), { replace: true }),
    clear: () => setParams({}, { replace: true }),
    cursor,
    turnToOlder: (next) => turnTo(next, [...newer, cursor ?? '']),
    turnToNewer: newer.length > 0 ? () => turnTo(newer.at(-1) ?? null, newer.slice(0, -1)) : null,
    turnToNewest: () => turnTo(null, []),
  }
}

function withValues(before: URLSearchParams, values: Record<string, string | null>) {
  const next = new URLSearchParams(before)
  for (const [name, value] of Object.entries(values)) {
    if (value) next.set(name, value)
    else next.delete(name)
  }
  return next
}
