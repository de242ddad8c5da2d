import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { spawnPostern } from '../../scripts/processes/spawn-postern.ts'
import { startCluster } from '../../src/db/embedded/cluster.ts'
import { machine } from '../servers/all.ts'
import { copySeconds } from './copy.ts'
import { writeFileOf } from './file.ts'
import { importOnce, signedIn } from './import-once.ts'
import { residentMegabytes, watchMemory } from './memory.ts'
import { memoryPlot } from './plot.ts'
import { type Round, reportOf } from './report.ts'

const administrator = { email: 'admin@bench.test', password: 'a password for one run only' }

/** `npm run bench -- import`: how fast a large file is imported, beside a plain COPY of it, and in how much memory. */
export async function benchImport(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '1000000' },
      rounds: { type: 'string', default: '5' },
    },
  })
  const rows = Number(values.rows)
  const directory = mkdtempSync(join(tmpdir(), 'postern-bench-import-'))
  chmodSync(directory, 0o755)
  const cluster = await startCluster({
    dataDirectory: join(directory, 'data'),
    settings: { shared_buffers: '256MB', max_wal_size: '4GB' },
    onCrash: (exitCode) => console.error(`PostgreSQL ended with ${exitCode}`),
  })
  await cluster.ensureDatabase('bench')
  const url = cluster.url('bench')
  const path = join(directory, 'accounts.csv')
  await writeFileOf(rows, path)
  const postern = await spawnPostern({
    DATABASE_URL: url,
    BOOTSTRAP_ADMIN_EMAIL: administrator.email,
    BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
    RATE_LIMIT_PER_MINUTE: '0',
  })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const pid = postern.child.pid ?? 0
    const rounds = await roundsOf(Number(values.rounds), { client, path, pid, url: postern.url })
    report(rows, rounds)
  } finally {
    await client.end()
    await postern.stop()
    await cluster.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

type Scene = { client: pg.Client; path: string; pid: number; url: string }

/** Each round copies and imports the same file, one after the other. */
async function roundsOf(count: number, { client, path, pid, url }: Scene): Promise<Round[]> {
  const call = await signedIn(url, administrator)
  const { id } = await call('POST', '/tenants', { slug: 'bench', name: 'Bench', type: 'test' })
  const rounds: Round[] = []
  await sleep(2000)
  // Before the first import, and so before anything that an import could leave.
  const idle = residentMegabytes(pid)
  for (let round = 0; round < count; round += 1) {
    const durable = await copySeconds(client, path, 'durable')
    const unlogged = await copySeconds(client, path, 'unlogged')
    await client.query('CHECKPOINT')
    const stop = watchMemory(pid)
    const moments = await importOnce(call, id, path)
    await sleep(2000)
    rounds.push({ durable, unlogged, moments, samples: stop(), idle })
    console.log(
      `round ${round + 1}: COPY ${durable.toFixed(2)} s, ${unlogged.toFixed(2)} s unlogged;`,
      moments,
    )
  }
  return rounds
}

function report(rows: number, rounds: readonly Round[]): void {
  const results = join(import.meta.dirname, '../results')
  mkdirSync(results, { recursive: true })
  const text = reportOf(rows, rounds, machine())
  console.log(text)
  const last = rounds.at(-1)
  if (rows < 1_000_000 || !last) return
  const { uploaded, started, finished } = last.moments
  writeFileSync(join(results, 'import.md'), text)
  const plot = memoryPlot({
    title: `Resident memory of the server that imports ${rows.toLocaleString('en')} rows`,
    samples: last.samples,
    idle: last.idle,
    marks: [
      { name: 'uploaded', seconds: uploaded },
      { name: 'begun', seconds: started },
      { name: 'finished', seconds: finished },
    ],
  })
  writeFileSync(join(results, 'import.svg'), plot)
}
