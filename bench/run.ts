import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchImport } from './import/run.ts'
import { requireWrk } from './load/wrk.ts'
import { type Figures, figuresOf } from './measure/figures.ts'
import { runRounds } from './measure/rounds.ts'
import { names } from './names.ts'
import { nameOfSize, type Options, readOptions } from './options.ts'
import { plotOf } from './report/plot.ts'
import { tableOf } from './report/table.ts'
import { linesOf, ratioFloor, targetsOf } from './report/targets.ts'
import { rowsOf } from './rows.ts'
import { startDatabase } from './seed/database.ts'
import { machine, startServers, stopServers } from './servers/all.ts'
import { startPeers } from './servers/peers.ts'

/** `npm run bench`: what a request costs, beside a bare Fastify that answers the same bytes. */
async function measure(size: number, options: Options): Promise<Figures[]> {
  const directory = mkdtempSync(join(tmpdir(), 'postern-bench-requests-'))
  console.log(`Seeding ${nameOfSize(size)} tokens …`)
  const database = await startDatabase(size)
  const servers = await startServers(database)
  const peers = options.peers ? await startPeers(database, servers.answers, directory) : null
  try {
    const figures: Figures[] = []
    for (const group of rowsOf(servers, database, directory, peers?.rows ?? [])) {
      const bases = new Set(group.map(({ base }) => base))
      const rows = group.filter(({ name }) => bases.has(name) || name.includes(options.only))
      if (rows.every(({ name }) => bases.has(name))) continue
      const measured = figuresOf(
        await runRounds(rows, database, options.rounds, options.sampleSeconds),
      )
      console.log(`${tableOf(measured)}\n`)
      figures.push(...measured)
    }
    return figures
  } finally {
    await peers?.stop()
    await stopServers(servers)
    await database.stop()
    rmSync(directory, { recursive: true })
  }
}

/** More of it, and the figures say little about us. */
const strangersMax = 0.35

function report(size: number, figures: readonly Figures[]): string {
  const strangers = Math.max(...figures.map((one) => one.strangers))
  const noise =
    strangers > strangersMax ? ` Noisy: strangers took up to ${strangers.toFixed(2)} CPUs.` : ''
  return `# ${nameOfSize(size)} tokens, ${new Date().toISOString().slice(0, 10)}

${machine()}.${noise}

${tableOf(figures)}

${linesOf(targetsOf(figures))}
`
}

const [mode, ...rest] = process.argv.slice(2)
if (mode === 'import') {
  await benchImport(rest)
  process.exit()
}
requireWrk()
const options = readOptions(process.argv.slice(2))
const results = join(import.meta.dirname, 'results')
mkdirSync(results, { recursive: true })
for (const size of options.sizes) {
  const figures = await measure(size, options)
  const text = report(size, figures)
  console.log(text)
  if (options.only === '') {
    writeFileSync(join(results, `${nameOfSize(size)}.md`), text)
    writeFileSync(join(results, `${nameOfSize(size)}.svg`), plotOf(figures))
  }
  const ratio = figures.find(({ name }) => name === names.postern)?.ratio.median
  if (ratio !== undefined && ratio < ratioFloor) {
    console.error(`The ratio to bare is ${ratio.toFixed(2)}, below ${ratioFloor}`)
    process.exitCode = 1
  }
}
