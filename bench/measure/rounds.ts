import type { BenchDatabase } from '../seed/database.ts'
import type { BenchServer } from '../servers/start.ts'
import { type Row, type Sample, takeSample } from './sample.ts'

export type Measured = { row: Row; samples: Sample[] }

/** By then a server has compiled and kept what is hot; one that is slow has the time only. */
const warmUpRequests = 60_000
const warmUpSeconds = 8
const answered = new WeakMap<BenchServer, number>()

/** At least a second for what is new in this row. Not counted. */
async function warmUp(row: Row, database: BenchDatabase): Promise<void> {
  let requests = answered.get(row.server) ?? 0
  for (let second = 0; second < warmUpSeconds; second += 1) {
    requests += (await takeSample(row, database, 1)).requests
    answered.set(row.server, requests)
    if (requests >= warmUpRequests) return
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
