import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { seed } from '../support/seed.ts'

/** The same for the same name, whatever else there is: `-t '<operation>'` sends an operation's alone. */
export function sample<T>(arbitrary: fc.Arbitrary<T>, name: string, count: number): T[] {
  const own = createHash('sha256').update(`${seed} ${name}`).digest().readInt32BE()
  return fc.sample(arbitrary, { seed: own, numRuns: count })
}
