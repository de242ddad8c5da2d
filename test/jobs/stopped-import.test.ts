import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { seededRandom } from '../../scripts/freshness/random.ts'
import { endOf, makeApplications, upload } from '../../scripts/jobs/imports.ts'
import type { Options } from '../../scripts/jobs/scenario.ts'
import { openSite } from '../../scripts/jobs/site.ts'
import { administrator } from '../support/constants.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'

let database: TestDatabase
let directory: string
beforeEach(async () => {
  database = await cloneDatabase()
  directory = mkdtempSync(join(tmpdir(), 'postern-jobs-'))
})
afterEach(async () => {
  await database.drop()
  rmSync(directory, { recursive: true, force: true, maxRetries: 10 })
})

it('A process that is told to end in the middle of an import ends in order, and the import is done by the next', async () => {
  const options: Options = {
    databaseUrl: database.url,
    sql: database.sql as Options['sql'],
    administrator,
    random: seededRandom(1),
    directory,
    quick: true,
  }
  const site = await openSite(options)
  const [application] = await makeApplications(site, 1)
  if (!application) throw new Error('no application')
  // Whoever swaps the accounts in waits for this, longer than a process is given to end.
  const holder = new pg.Client({ connectionString: database.url })
  await holder.connect()
  await holder.query('BEGIN')
  await holder.query('LOCK TABLE application_accounts IN SHARE MODE')
  const uploaded = await upload(site, application, 1000)
  await eventually(async () => (await waiting()) > 0, 20_000)
  const begun = performance.now()
  expect(await site.posterns[0]?.stop('SIGTERM')).toBe(0)
  expect(performance.now() - begun).toBeLessThan(10_000)
  await holder.query('ROLLBACK')
  await holder.end()
  await site.killAndRestart()
  expect(await endOf(options, uploaded)).toBe('finished')
  await site.close()
}, 90_000)

/** How many wait for a lock. */
async function waiting(): Promise<number> {
  const rows = await database.sql(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )
  return rows.length
}
