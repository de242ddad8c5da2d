import { LRUCache } from 'lru-cache'
import type { ChangeLog, Dependency } from './changes.ts'

/** What is kept of one key, true or not. */
type Entry<Value> = { value: Value; step: number; dependencies: readonly Dependency[] }

/** Values that are kept until something that they were read from changes, or others need the room. */
export type Kept<Value extends object> = {
  /** What there is before the log knows of the latest changes: whether it is true, `current` says after that. */
  find(key: string): Entry<Value> | undefined
  /** The value, if it is still true as far as the log of changes knows. */
  current(entry: Entry<Value>): Value | undefined
  /** Both at once. */
  get(key: string): Value | undefined
  /** `step` is the log's at the time when the read was *sent*: whatever changed later makes it untrue. */
  set(key: string, value: Value, step: number, dependencies: readonly Dependency[]): void
}

export function kept<Value extends object>(
  log: ChangeLog,
  maxBytes: number,
  bytesOf: (value: Value) => number,
): Kept<Value> {
  const entries = new LRUCache<string, Entry<Value>>({
    maxSize: maxBytes,
    sizeCalculation: ({ value }) => bytesOf(value),
  })

  function current(entry: Entry<Value>): Value | undefined {
    if (entry.step === log.step) return entry.value
    if (!log.isCurrent(entry.step, entry.dependencies)) return undefined
    // True until now: only what changes from here on has to be looked at the next time.
    entry.step = log.step
    return entry.value
  }

  return {
    find: (key) => entries.get(key),
    current,
    get(key) {
      const entry = entries.get(key)
      return entry && current(entry)
    },
    set(key, value, step, dependencies) {
      entries.set(key, { value, step, dependencies })
    },
  }
}
