import { createHash, randomInt } from 'node:crypto'
import fc from 'fast-check'

/**
 * Everything that is random hangs on this number: `FUZZ_SEED=… npx jest test/fuzz -t '<operation>'` sends the
 * same requests once more, to new rows in the same places.
 */
export const seed = Number(process.env['FUZZ_SEED'] ?? randomInt(2 ** 31))

/** The same for the same name, whatever else there is. */
export function sample<T>(arbitrary: fc.Arbitrary<T>, name: string, count: number): T[] {
  const own = createHash('sha256').update(`${seed} ${name}`).digest().readInt32BE()
  return fc.sample(arbitrary, { seed: own, numRuns: count })
}
