import { describe, expect, it } from 'vitest'
import type { LookupAll } from '../../src/fetching/guarded-agent.ts'
import { oneAtATime } from '../../src/fetching/one-at-a-time.ts'

describe('Look-ups of names that others choose', () => {
  it('wait for the one that is under way, and each gets its own answer', async () => {
    const begun: string[] = []
    const ends: (() => void)[] = []
    const slow: LookupAll = (hostname, _options, callback) => {
      begun.push(hostname)
      const isKnown = hostname !== 'unknown.example'
      const error = isKnown ? null : Object.assign(new Error('unknown'), { code: 'ENOTFOUND' })
      ends.push(() => callback(error, isKnown ? [{ address: hostname, family: 4 }] : []))
    }
    const lookup = oneAtATime(slow)
    const answers: string[] = []
    const ask = (name: string) =>
      new Promise<void>((resolve) =>
        lookup(name, { all: true }, (error, addresses) => {
          answers.push(error?.code ?? String(addresses[0]?.address))
          resolve()
        }),
      )
    const all = ['a.example', 'unknown.example', 'b.example'].map(ask)
    for (const at of [0, 1, 2]) {
      await new Promise((resolve) => setImmediate(resolve))
      expect(begun).toHaveLength(at + 1)
      ends[at]?.()
    }
    await Promise.all(all)
    expect(answers).toEqual(['a.example', 'ENOTFOUND', 'b.example'])
  })
})
