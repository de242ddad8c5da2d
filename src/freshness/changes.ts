/** As the triggers write it: what changed, by kind and key; no keys means everything of the kind. */
export type Change = { kind: ChangeKind; keys: string[] }
export type ChangeKind = 'credential' | 'owner' | 'role' | 'tenant' | 'catalogue'

/** What an authority was read from: the keys whose change makes it untrue. */
export type Dependency = `${ChangeKind} ${string}`

/**
 * Which keys changed, and in which order. Steps are counted up with every look that found a change; what
 * was read at a step is current as long as none of its dependencies changed at a later one.
 */
export type ChangeLog = {
  readonly step: number
  record(changes: readonly Change[]): void
  /** Did none of these change after this step? */
  isCurrent(since: number, dependencies: readonly Dependency[]): boolean
  /** Nothing that was read before is known to be true any more. */
  forget(): void
}

/** Some 100 bytes each, so 10 MB at the worst; then it is cheaper to begin anew. */
const keysMax = 100_000

export function changeLog(): ChangeLog {
  let step = 0
  /** Nothing that was read before this step is current. */
  let floor = 0
  const changedAt = new Map<string, number>()
  const kindChangedAt = new Map<ChangeKind, number>()

  function forget(): void {
    step += 1
    floor = step
    changedAt.clear()
    kindChangedAt.clear()
  }

  return {
    get step() {
      return step
    },
    record(changes) {
      if (changes.length === 0) return
      step += 1
      for (const { kind, keys } of changes) {
        if (keys.length === 0) kindChangedAt.set(kind, step)
        for (const key of keys) changedAt.set(`${kind} ${key}`, step)
      }
      if (changedAt.size > keysMax) forget()
    },
    isCurrent(since, dependencies) {
      if (since < floor) return false
      for (const kindStep of kindChangedAt.values()) if (kindStep > since) return false
      return !dependencies.some((key) => (changedAt.get(key) ?? 0) > since)
    },
    forget,
  }
}
