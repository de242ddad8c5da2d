import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Change,
  type ChangeKind,
  changeLog,
  type Dependency,
} from '../../src/freshness/changes.ts'

const kind = fc.constantFrom<ChangeKind>('credential', 'owner', 'role', 'tenant')
const key = fc.constantFrom<string>('a', 'b', 'c')
const someKeys: fc.Arbitrary<string[]> = fc.uniqueArray(key, { minLength: 1 })
const noKeys: fc.Arbitrary<string[]> = fc.constant([])
const keys = fc.oneof({ weight: 5, arbitrary: someKeys }, { weight: 1, arbitrary: noKeys })
const change: fc.Arbitrary<Change> = fc.record({ kind, keys })
const look = fc.oneof(
  { weight: 9, arbitrary: fc.array(change, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant(null) },
)
const dependencies = fc.array(
  fc.tuple(kind, key).map(([k, id]): Dependency => `${k} ${id}`),
  { maxLength: 4 },
)

/** Of what was read between two looks: is none of it among what every look since has reported? */
function isUntouched(since: (Change[] | null)[], read: readonly Dependency[]): boolean {
  return since.every(
    (changes) =>
      changes?.every(
        ({ kind, keys }) => keys.length > 0 && !keys.some((one) => read.includes(`${kind} ${one}`)),
      ) ?? false,
  )
}

describe('the log of changes', () => {
  it('knows of everything that was ever read whether it has changed since', () => {
    fc.assert(
      fc.property(fc.array(look, { maxLength: 12 }), dependencies, (looks, read) => {
        const log = changeLog()
        const steps = [log.step]
        for (const changes of looks) {
          if (changes === null) log.forget()
          else log.record(changes)
          steps.push(log.step)
        }
        const told = steps.map((step) => log.isCurrent(step, read))
        expect(told).toEqual(steps.map((_, at) => isUntouched(looks.slice(at), read)))
      }),
      { numRuns: 500 },
    )
  })

  it('begins anew rather than to grow without end', () => {
    const log = changeLog()
    const { step } = log
    const keys = Array.from({ length: 60_000 }, (_, at) => `key ${at}`)
    log.record([{ kind: 'owner', keys }])
    expect(log.isCurrent(step, ['tenant x'])).toBe(true)
    log.record([{ kind: 'role', keys }])
    expect(log.isCurrent(step, ['tenant x'])).toBe(false)
    expect(log.isCurrent(log.step, ['owner key 1'])).toBe(true)
  })
})
