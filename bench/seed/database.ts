import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { bcryptPasswords } from '../../src/access/passwords.ts'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/database.ts'
import { startCluster } from '../../src/db/embedded/cluster.ts'
import { migrate } from '../../src/db/migrate.ts'
import { prepare } from '../../src/first-run.ts'
import { installJobs } from '../../src/jobs/install.ts'
import { type Asked, askedTokens, revokedTokens } from './asked.ts'
import { seedCatalogue, seedOwners, seedTokens } from './seed.ts'

export type BenchDatabase = {
  url: string
  /** The process that all of PostgreSQL's others are children of. */
  pid: number
  /** The URL of another database of the same server, which is empty. */
  another(name: string): Promise<string>
  asked: Asked[]
  revoked: Asked[]
  /** As the owner of the database, beside what is measured. */
  client: pg.Client
  stop(): Promise<void>
}

/** A PostgreSQL of this run's own, durable as in production, with so many tokens in it. */
export async function startDatabase(size: number): Promise<BenchDatabase> {
  const directory = mkdtempSync(join(tmpdir(), 'postern-bench-'))
  chmodSync(directory, 0o755)
  const cluster = await startCluster({
    dataDirectory: directory,
    settings: {
      shared_buffers: '256MB',
      max_wal_size: '4GB',
      shared_preload_libraries: 'pg_stat_statements',
      'pg_stat_statements.track_utility': 'off',
    },
    onCrash: (exitCode) => {
      throw new Error(`PostgreSQL ended with ${exitCode}`)
    },
  })
  await cluster.ensureDatabase('bench')
  const url = cluster.url('bench')
  await migrate(url)
  await installJobs(url)
  await firstRun(url)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const shape = await seedCatalogue(client, size)
  const asked = askedTokens(size, shape)
  const revoked = revokedTokens(size, shape)
  await seedOwners(client, shape)
  await seedTokens(client, shape, size, [...asked, ...revoked])
  await client.query('CREATE EXTENSION pg_stat_statements')
  await client.query('DELETE FROM authority_changes')
  await client.query('VACUUM ANALYZE')
  await client.query('CHECKPOINT')
  return {
    url,
    pid: Number(readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
    async another(name) {
      await cluster.ensureDatabase(name)
      return cluster.url(name)
    },
    asked,
    revoked,
    client,
    async stop() {
      await client.end()
      await cluster.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function firstRun(url: string): Promise<void> {
  const database = openDatabase({ url, poolSize: 2, onError: () => undefined })
  const config = readConfig({ BCRYPT_COST: '10' })
  const passwords = bcryptPasswords(10)
  await prepare({ prisma: database.prisma, config, passwords, randomBytes })
  await database.close()
}
