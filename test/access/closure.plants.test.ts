import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Escalation } from './closure/api-call.ts'
import { closure } from './closure/model.ts'
import { plantsIn } from './closure/plants.ts'
import { startWeakServer } from './closure/weak-server.ts'

let weak: Awaited<ReturnType<typeof startWeakServer>>
beforeAll(async () => {
  weak = await startWeakServer()
})
afterAll(() => weak.server.close())

/** A test of the test is the same each day: with this one, each plant is found within a dozen runs. */
const seed = 2
const names = Object.keys(plantsIn({} as never))

describe('The model of the escalation closure', () => {
  it.each(names)(
    'finds %s',
    async (name) => {
      weak.plant(weak.plants[name] ?? {})
      const { errorInstance } = await fc.check(closure(weak.server, new Map()), {
        seed,
        numRuns: 200,
        endOnFailure: true,
        interruptAfterTimeLimit: 50_000,
      })
      expect(errorInstance).toBeInstanceOf(Escalation)
    },
    60_000,
  )
})
