import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { seededRandom } from '../../scripts/freshness/random.ts'
import { killedProvisioning } from '../../scripts/jobs/killed-provisioning.ts'
import type { Options } from '../../scripts/jobs/scenario.ts'
import { administrator } from '../support/constants.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let directory: string
beforeEach(async () => {
  database = await cloneDatabase()
  directory = mkdtempSync(join(tmpdir(), 'postern-jobs-'))
})
afterEach(async () => {
  await database.drop()
  rmSync(directory, { recursive: true, force: true })
})

it('A process that is killed while it brings people in and takes them out does each once', async () => {
  const figures = await killedProvisioning.run({
    databaseUrl: database.url,
    sql: database.sql as Options['sql'],
    administrator,
    random: seededRandom(1),
    directory,
    quick: true,
  })
  expect(figures.filter(({ reached }) => !reached)).toEqual([])
}, 90_000)
