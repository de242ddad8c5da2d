import type { BenchDatabase } from '../seed/database.ts'
import { type Row, type Sample, takeSample } from './sample.ts'

export type Measured = { row: Row; samples: Sample[] }

/** Until what is hot is compiled and kept: some 50,000 requests to the product. Not counted. */
const warmUpSeconds = 3

/**
 * Every row once per round, each round beginning with another: the machine's speed drifts within a minute,
 * so only what ran side by side can be compared.
 */
export async function runRounds(
  rows: readonly Row[],
  database: BenchDatabase,
  rounds: number,
  seconds: number,
): Promise<Measured[]> {
  const measured = rows.map((row) => ({ row, samples: [] as Sample[] }))
  for (const { row } of measured) await takeSample(row, database, warmUpSeconds)
  for (let round = 0; round < rounds; round += 1) {
    for (let step = 0; step < rows.length; step += 1) {
      const { row, samples } = measured[(round + step) % rows.length]!
      samples.push(await takeSample(row, database, seconds))
    }
  }
  return measured
}
