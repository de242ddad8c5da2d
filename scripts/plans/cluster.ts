import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { bcryptPasswords } from '../../src/access/passwords.ts'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/database.ts'
import { startCluster } from '../../src/db/embedded/cluster.ts'
import { migrate } from '../../src/db/migrate.ts'
import { prepare } from '../../src/first-run.ts'
import { seed } from './seed/seed.ts'

export type SeededDatabase = {
  url: string
  /** Where PostgreSQL writes the plan of every statement that it ran. */
  logFile: string
  /** As the owner of the database. */
  client: pg.Client
  stop(): Promise<void>
}

/** Every statement with its plan as it was run, those within functions too. Clocks of single nodes cost most: off. */
const explaining = {
  shared_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_buffers': 'on',
  'auto_explain.log_timing': 'off',
  'auto_explain.log_nested_statements': 'on',
  'auto_explain.log_format': 'json',
  'auto_explain.log_parameter_max_length': '200',
}

/**
 * A PostgreSQL of this run's own with so many tokens in it: below `kept` if that is given, where the next run
 * finds it, with the migrations that have come since.
 */
export async function startSeeded(tokens: number, kept: string | null): Promise<SeededDatabase> {
  const directory = kept ?? mkdtempSync(join(tmpdir(), 'postern-plans-'))
  mkdirSync(directory, { recursive: true })
  chmodSync(directory, 0o755)
  const cluster = await startCluster({
    dataDirectory: directory,
    settings: { shared_buffers: '512MB', max_wal_size: '4GB', ...explaining },
    onCrash: (exitCode) => console.error(`PostgreSQL ended with ${exitCode}`),
  })
  const name = `plans_${tokens}`
  await cluster.ensureDatabase(name)
  const url = cluster.url(name)
  await migrate(url)
  const client = new pg.Client({
    connectionString: url,
    options: '-c auto_explain.log_min_duration=-1',
  })
  await client.connect()
  const done = join(directory, `${name}.seeded`)
  if (!existsSync(done)) {
    await firstRun(url)
    await seed(client, tokens, (what) => console.log(`Seeding: ${what}`))
    writeFileSync(done, '')
  }
  return {
    url,
    logFile: join(directory, 'postgres.log'),
    client,
    async stop() {
      await client.end()
      await cluster.stop()
      if (kept === null) rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function firstRun(url: string): Promise<void> {
  const database = openDatabase({ url, poolSize: 2, onError: () => undefined })
  const config = readConfig({
    BCRYPT_COST: '10',
    BOOTSTRAP_ADMIN_PASSWORD: randomBytes(16).toString('hex'),
    BOOTSTRAP_ADMIN_EMAIL: 'admin@plans.test',
  })
  await prepare({ prisma: database.prisma, config, passwords: bcryptPasswords(10), randomBytes })
  await database.close()
}
