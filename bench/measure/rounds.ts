import type { BenchDatabase } from '../seed/database.ts'
import { type Row, type Sample, takeSample } from './sample.ts'

export type Measured = { row: Row; samples: Sample[] }

/** What is hot is compiled and kept by then; a slow row has the time only. Not counted. */
const warmUpRequests = 60_000
const warmUpSeconds = 8

async function warmUp(row: Row, database: BenchDatabase): Promise<void> {
  let requests = 0
  for (let second = 0; second < warmUpSeconds && requests < warmUpRequests; second += 2) {
    requests += (await takeSample(row, database, 2)).requests
  }
}

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
  for (const { row } of measured) await warmUp(row, database)
  for (let round = 0; round < rounds; round += 1) {
    for (let step = 0; step < rows.length; step += 1) {
      const { row, samples } = measured[(round + step) % rows.length]!
      samples.push(await takeSample(row, database, seconds))
    }
  }
  return measured
}
