import { LRUCache } from 'lru-cache'
import type { ChangeLog, Dependency } from './changes.ts'

type Entry<Value> = { value: Value; step: number; dependencies: readonly Dependency[] }

/** Values that are kept until something that they were read from changes, or others need the room. */
export type Kept<Value extends object> = {
  has(key: string): boolean
  /** What is kept and still true, as far as the log of changes knows. */
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
  return {
    has: (key) => entries.has(key),
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      if (entry.step === log.step) return entry.value
      if (!log.isCurrent(entry.step, entry.dependencies)) {
        entries.delete(key)
        return undefined
      }
      // True until now: only what changes from here on has to be looked at the next time.
      entry.step = log.step
      return entry.value
    },
    set(key, value, step, dependencies) {
      entries.set(key, { value, step, dependencies })
    },
  }
}
