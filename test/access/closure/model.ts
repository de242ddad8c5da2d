import fc from 'fast-check'
import type { TestServer } from '../../support/server.ts'
import { ApiCall, type Tally } from './api-call.ts'
import { population } from './population.ts'
import { type Kind, requests } from './requests.ts'
import { settle } from './settle.ts'

const kinds = Object.entries(requests).map(([kind, { weight }]) => ({
  weight,
  arbitrary: fc.constant(kind as Kind),
}))
const calls = fc
  .tuple(fc.oneof(...kinds), fc.array(fc.nat({ max: 5039 }), { minLength: 10, maxLength: 10 }))
  .map(([kind, dice]) => new ApiCall(kind, dice))

/** Whatever sequence of calls a population makes, nobody ends with what nobody who held it gave. */
export function closure(server: TestServer, tally: Tally, replayPath?: string) {
  const sequences = fc.commands([calls], {
    maxCommands: 60,
    size: 'max',
    ...(replayPath && { replayPath }),
  })
  return fc.asyncProperty(population, sequences, async (drawn, sequence) => {
    const world = await settle(server, drawn)
    await fc.asyncModelRun(() => ({ model: world, real: tally }), sequence)
  })
}
