import { randomInt } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from './faults/postgres.ts'
import type { Figure } from './faults/scenario.ts'
import { tableOf } from './faults/table.ts'
import { seededRandom } from './freshness/random.ts'
import type { Scenario } from './jobs/scenario.ts'
import { scenarios } from './jobs/scenarios.ts'

/**
 * `npm run verify:jobs`: what becomes of jobs when the processes that work on them are killed, freeze, or are several.
 * A target that is missed ends the run with 1. `-- --only I1` runs those whose names begin so, `-- --quick` runs all of
 * them shorter, `-- --seed 7` makes the random choices of another run.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    seed: { type: 'string' },
  },
})
const chosen = Object.entries(scenarios).filter(([id]) =>
  values.only.split(',').some((start) => id.startsWith(start)),
)
if (chosen.length === 0) {
  console.error(`There is no ${values.only}; there are ${Object.keys(scenarios).join(', ')}`)
  process.exit(1)
}
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed)
const directory = mkdtempSync(join(tmpdir(), 'postern-jobs-'))
chmodSync(directory, 0o755)
const missed: string[] = []
for (const [id, scenario] of chosen) {
  console.log(`\n${id}  ${scenario.title}`)
  const startedAt = performance.now()
  const figures = await play(id, scenario)
  console.log(tableOf(figures))
  console.log(`    ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
  if (!figures.every(({ reached }) => reached)) missed.push(id)
}
if (missed.length === 0) rmSync(directory, { recursive: true, force: true })
console.log(
  missed.length === 0
    ? `\nEvery target is reached (seed ${seed}).`
    : `\nMISSED in ${missed.join(', ')} (seed ${seed}); the logs are in ${directory}`,
)
process.exit(missed.length === 0 ? 0 : 1)

/** On a PostgreSQL of its own, as durable as in production. */
async function play(id: string, { run }: Scenario): Promise<Figure[]> {
  const own = join(directory, id)
  mkdirSync(own)
  const postgres = await startPostgres(join(own, 'data'))
  try {
    return await run({
      databaseUrl: postgres.url,
      sql: postgres.sql as Parameters<Scenario['run']>[0]['sql'],
      administrator: { email: 'admin@jobs.test', password: 'a password for one run only' },
      random: seededRandom(seed),
      directory: own,
      quick: values.quick,
    })
  } catch (error) {
    const measured = (error as Error).message
    return [{ what: 'the scenario', measured, target: 'runs to its end', reached: false }]
  } finally {
    await postgres.stop()
  }
}
