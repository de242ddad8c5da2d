import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { seededRandom } from '../../scripts/freshness/random.ts'
import { killedImports } from '../../scripts/jobs/killed-imports.ts'
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
  rmSync(directory, { recursive: true, force: true, maxRetries: 10 })
})

it('An import whose process is killed runs to its end once, and is never half there', async () => {
  const figures = await killedImports.run({
    databaseUrl: database.url,
    sql: database.sql as Options['sql'],
    administrator,
    random: seededRandom(1),
    directory,
    quick: true,
  })
  expect(figures.filter(({ reached }) => !reached)).toEqual([])
}, 90_000)
