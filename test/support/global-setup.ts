import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bcryptPasswords } from '../../src/access/passwords.ts'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/database.ts'
import { startCluster } from '../../src/db/embedded/cluster.ts'
import { migrate } from '../../src/db/migrate.ts'
import { prepare } from '../../src/first-run.ts'
import { installJobs } from '../../src/jobs/install.ts'
import { administrator, template } from './constants.ts'

/** One real PostgreSQL for the run, with one prepared database that every test file clones. Gives what ends it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  execFileSync(process.execPath, ['console/scripts/build.ts', '--if-stale'], { stdio: 'inherit' })
  const directory = mkdtempSync(join(tmpdir(), 'postern-test-'))
  chmodSync(directory, 0o755)
  const cluster = await startCluster({
    dataDirectory: directory,
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '300',
      max_prepared_transactions: '10',
    },
    onCrash: (exitCode) => {
      throw new Error(`The test PostgreSQL ended with ${exitCode}`)
    },
  })
  await cluster.ensureDatabase(template)
  const url = cluster.url(template)
  await migrate(url)
  await installJobs(url)
  const database = openDatabase({ url, poolSize: 2, onError: () => undefined })
  await prepare({
    prisma: database.prisma,
    config: readConfig({
      BCRYPT_COST: '10',
      BOOTSTRAP_ADMIN_EMAIL: administrator.email,
      BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
    }),
    passwords: bcryptPasswords(10),
    randomBytes,
  })
  await database.close()
  process.env['TEST_CLUSTER'] = cluster.url('DATABASE')
  // Each process that is started compiles what the first one has compiled: half of its start.
  process.env['NODE_COMPILE_CACHE'] ??= join(directory, 'compiled')
  return async () => {
    await cluster.stop()
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 })
  }
}
