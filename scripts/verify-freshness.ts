import { randomInt } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startCluster } from '../src/db/embedded/cluster.ts'
import { faultsOf, summaryOf, tableOf } from './freshness/report.ts'
import { runFreshness } from './freshness/run.ts'

/**
 * `npm run verify:freshness`: is ever a request answered by an authority that was no longer true when it
 * started? `-- --long` asks a million times (up to ten minutes on two cores); `-- --seed=7` makes the random choices
 * of another run.
 */
const { values } = parseArgs({
  options: { long: { type: 'boolean', default: false }, seed: { type: 'string' } },
})
const short = { changes: 100, requests: 10_000, limitMs: 30_000 }
const long = { changes: 2000, requests: 1_000_000, readersPerScene: 4, limitMs: 3_600_000 }

const directory = mkdtempSync(join(tmpdir(), 'postern-freshness-'))
chmodSync(directory, 0o755)
const cluster = await startCluster({
  dataDirectory: directory,
  settings: { fsync: 'off', max_connections: '200' },
  onCrash: (exitCode) => console.error(`PostgreSQL ended with ${exitCode}`),
})
try {
  await cluster.ensureDatabase('freshness')
  const report = await runFreshness({
    ...(values.long ? long : short),
    databaseUrl: cluster.url('freshness'),
    administrator: { email: 'admin@freshness.test', password: 'a password for one run only' },
    seed: values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed),
    onProgress: (soFar) => console.log(summaryOf(soFar)),
  })
  console.log(tableOf(report))
  console.log(summaryOf(report))
  const faults = faultsOf(report)
  for (const fault of faults) console.error(`NOT PROVEN: ${fault}`)
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  await cluster.stop()
  rmSync(directory, { recursive: true, force: true })
}
