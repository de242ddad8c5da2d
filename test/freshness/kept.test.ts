import { describe, expect, it } from 'vitest'
import { changeLog } from '../../src/freshness/changes.ts'
import { kept } from '../../src/freshness/kept.ts'

type Value = { name: string; bytes: number }

function setUp(maxBytes = 1000) {
  const log = changeLog()
  const values = kept<Value>(log, maxBytes, ({ bytes }) => bytes)
  const keep = (name: string, bytes = 10, step = log.step) =>
    values.set(name, { name, bytes }, step, [`owner ${name}`])
  const names = (...asked: string[]) => asked.filter((name) => values.get(name))
  return { log, values, keep, names }
}

describe('what is kept', () => {
  it('is there until what it was read from changes', () => {
    const { log, values, keep, names } = setUp()
    keep('a')
    keep('b')
    log.record([{ kind: 'owner', keys: ['a'] }])
    expect(names('a', 'b')).toEqual(['b'])
    expect(values.get('a')).toBeUndefined()
    log.record([{ kind: 'role', keys: ['b'] }])
    expect(names('b')).toEqual(['b'])
    log.record([{ kind: 'owner', keys: ['b'] }])
    expect(names('b')).toEqual([])
  })

  it('is not believed where the change was reported while it was read', () => {
    const { log, keep, names } = setUp()
    const { step } = log
    log.record([{ kind: 'owner', keys: ['a'] }])
    keep('a', 10, step)
    keep('b', 10, step)
    expect(names('a', 'b')).toEqual(['b'])
  })

  it('is not believed where a read that was sent before overtakes one that was sent after', () => {
    const { log, keep, names } = setUp()
    const { step } = log
    log.record([{ kind: 'owner', keys: ['a'] }])
    keep('a')
    keep('a', 10, step)
    expect(names('a')).toEqual([])
  })

  it('is all gone when the log forgets, and when a whole kind has changed', () => {
    const { log, keep, names } = setUp()
    keep('a')
    log.forget()
    expect(names('a')).toEqual([])
    keep('a')
    log.record([{ kind: 'tenant', keys: [] }])
    expect(names('a')).toEqual([])
  })

  it('takes no more bytes than allowed: what was not used for longest makes room', () => {
    const { keep, names } = setUp(100)
    keep('a', 40)
    keep('b', 40)
    expect(names('a')).toEqual(['a'])
    keep('c', 60)
    expect(names('a', 'b', 'c')).toEqual(['a', 'c'])
    keep('whale', 101)
    expect(names('whale', 'a', 'c')).toEqual(['a', 'c'])
  })
})
