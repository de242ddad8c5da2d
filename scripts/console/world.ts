import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startCluster } from '../../src/db/embedded/cluster.ts'
import { spawnPostern } from '../processes/spawn-postern.ts'
import { seed } from './seed.ts'

export type ConsoleWorld = {
  url: string
  administrator: { email: string; password: string }
  stop(): Promise<void>
}

/** A Postern with its console and a PostgreSQL of this run's own, filled. */
export async function startWorld(): Promise<ConsoleWorld> {
  execFileSync(process.execPath, ['console/scripts/build.ts', '--if-stale'], { stdio: 'inherit' })
  const directory = mkdtempSync(join(tmpdir(), 'postern-console-'))
  chmodSync(directory, 0o755)
  const cluster = await startCluster({
    dataDirectory: directory,
    settings: {},
    onCrash: (exitCode) => console.error(`PostgreSQL ended with ${exitCode}`),
  })
  await cluster.ensureDatabase('console')
  const DATABASE_URL = cluster.url('console')
  const administrator = {
    email: 'admin@console.test',
    password: randomBytes(16).toString('hex'),
  }
  const postern = await spawnPostern({
    DATABASE_URL,
    BOOTSTRAP_ADMIN_EMAIL: administrator.email,
    BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
  })
  const client = new pg.Client({ connectionString: DATABASE_URL })
  await client.connect()
  const { rows } = await client.query('SELECT id FROM users WHERE email = $1', [
    administrator.email,
  ])
  await seed(client, rows[0].id)
  await client.end()
  return {
    url: postern.url,
    administrator,
    async stop() {
      await postern.stop()
      await cluster.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
