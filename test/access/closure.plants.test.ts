import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Escalation } from './closure/api-call.ts'
import { closure } from './closure/model.ts'
import { plantsIn } from './closure/plants.ts'
import { startWeakServer } from './closure/weak-server.ts'

let weak: Awaited<ReturnType<typeof startWeakServer>>
beforeAll(async () => {
  weak = await startWeakServer()
})
afterAll(() => weak.server.close())

/** A test of the test is the same each day, and quick: with these, each plant is found in a few runs. */
const seeds: Record<string, number> = {
  'no look at what a grant gives on the platform': 19,
  'a wildcard taken for what it means today': 21,
  'the owner of a token asked in its stead': 23,
}
const anySeed = 10
const names = Object.keys(plantsIn({} as never))

describe('The model of the escalation closure', () => {
  it.each(names)(
    'finds %s',
    async (name) => {
      weak.plant(weak.plants[name] ?? {})
      const { errorInstance } = await fc.check(closure(weak.server, new Map()), {
        seed: seeds[name] ?? anySeed,
        numRuns: 200,
        endOnFailure: true,
        interruptAfterTimeLimit: 50_000,
      })
      expect(errorInstance).toBeInstanceOf(Escalation)
    },
    60_000,
  )
})
