import fc from 'fast-check'
import type { TestServer } from '../../support/server.ts'
import { ApiCall, type Tally } from './api-call.ts'
import { giving } from './giving.ts'
import { population } from './population.ts'
import { type Kind, requests } from './requests.ts'
import { settle } from './settle.ts'
import { taking } from './taking.ts'
import type { World } from './world.ts'

/** Without somebody to carry them out, nobody reports personnel events. */
type Options = {
  carryOut?: NonNullable<World['carryOut']>
  maxCommands?: number
  replayPath?: string | undefined
}

const callsOf = (kinds: Record<string, { weight: number }>) =>
  fc
    .tuple(
      fc.oneof(
        ...Object.entries(kinds).map(([kind, { weight }]) => ({
          weight,
          arbitrary: fc.constant(kind as Kind),
        })),
      ),
      fc.array(fc.nat({ max: 5039 }), { minLength: 10, maxLength: 10 }),
    )
    .map(([kind, dice]) => new ApiCall(kind, dice))

/** Whatever sequence of calls a population makes, nobody ends with what nobody who held it gave. */
export function closure(server: TestServer, tally: Tally, options: Options = {}) {
  const { carryOut, maxCommands = 60, replayPath } = options
  const kinds = carryOut ? requests : { ...giving, ...taking }
  const sequences = fc.commands([callsOf(kinds)], {
    maxCommands,
    size: 'max',
    ...(replayPath && { replayPath }),
  })
  return fc.asyncProperty(population, sequences, async (drawn, sequence) => {
    const world = await settle(server, drawn, carryOut ?? null)
    await fc.asyncModelRun(() => ({ model: world, real: tally }), sequence)
  })
}
