import { randomInt } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Figure } from './faults/scenario.ts'
import { scenarios } from './faults/scenarios.ts'
import { tableOf } from './faults/table.ts'
import { seededRandom } from './freshness/random.ts'

/**
 * `npm run verify:faults`: what becomes of Postern when something breaks, or when there is much of it. Each
 * scenario prints what it measured beside its target; a target that is missed ends the run with 1.
 * `-- --only F1,L` runs those whose names begin so, `-- --quick` runs all of them shorter.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    seed: { type: 'string' },
    soak: { type: 'string' },
  },
})
const asked = values.only?.split(',') ?? ['F', 'L', 'S']
const ids = Object.keys(scenarios)
const unknown = asked.filter((start) => !ids.some((id) => id.startsWith(start)))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}; there are ${ids.join(', ')}`)
  process.exit(1)
}
const chosen = ids.filter((id) => asked.some((start) => id.startsWith(start)))
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed)
const directory = mkdtempSync(join(tmpdir(), 'postern-faults-'))
chmodSync(directory, 0o755)
const missed: string[] = []
for (const id of chosen) {
  const { title, run } = scenarios[id]!
  const own = join(directory, id)
  mkdirSync(own)
  console.log(`\n${id}  ${title}`)
  const startedAt = performance.now()
  const options = {
    quick: values.quick,
    soakMinutes: Number(values.soak ?? (values.quick ? 0.5 : 5)),
    random: seededRandom(seed),
    directory: own,
  }
  const figures = await run(options).catch((error: Error): Figure[] => [
    { what: 'the scenario', measured: error.message, target: 'runs to its end', reached: false },
  ])
  console.log(tableOf(figures))
  console.log(`    ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
  if (figures.every(({ reached }) => reached)) rmSync(own, { recursive: true, force: true })
  else missed.push(id)
}
if (missed.length === 0) {
  rmSync(directory, { recursive: true, force: true })
  console.log(`\nEvery target is reached (seed ${seed}).`)
} else {
  console.log(`\nMISSED in ${missed.join(', ')} (seed ${seed}); the logs are in ${directory}`)
}
process.exit(missed.length === 0 ? 0 : 1)
