import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../src/db/database.ts'
import { beginRun } from '../../../src/modules/application-imports/run/begin-run.ts'
import { swap } from '../../../src/modules/application-imports/run/swap.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { type Scene, sceneOf } from './scene.ts'

let server: TestServer
let scene: Scene
let database: Database
let application_id: string
beforeAll(async () => {
  server = await startServer()
  const { url } = server.database
  database = openDatabase({ url, poolSize: 2, onError: () => undefined, isForWork: true })
})
beforeEach(async () => {
  scene = await sceneOf(server)
  const options = { change_threshold_percent: null, accounts: [['grace', null, ['read']]] }
  ;({ id: application_id } = await server.given.application(scene.tenant.id, options as never))
})
afterAll(async () => {
  await database.close()
  await server.close()
})

/** An import whose one row has been copied, about to be swapped in. */
async function copied() {
  const { prisma } = database
  const id = await server.given.applicationImport(application_id)
  const run = await prisma.$transaction((tx) => beginRun(tx, id))
  if (!run) throw new Error('not begun')
  await server.database.sql(`INSERT INTO import_rows VALUES ($1, 0, 2, 'ada', NULL, '{}')`, [id])
  const files = [{ name: undefined }]
  return () => swap(prisma, { run, files, rows: 1, joined: 1, check: () => undefined })
}

const accounts = async () => (await scene.accounts(application_id)).map(({ account }) => account)

describe('The swap', () => {
  it('takes the place of what was there', async () => {
    await (await copied())()
    expect(await accounts()).toEqual(['ada'])
  })

  it('is tried again where the rows have gone with a crash of PostgreSQL, and removes no account', async () => {
    const swapIn = await copied()
    await server.database.sql('TRUNCATE import_rows')
    await expect(swapIn()).rejects.toMatchObject({
      name: 'TryAgain',
      message: 'Of 1 rows 0 are there',
    })
    expect(await accounts()).toEqual(['grace'])
  })

  it('fails where the application was archived while its file was read', async () => {
    const swapIn = await copied()
    await server.database.sql('UPDATE applications SET is_archived = true WHERE id = $1', [
      application_id,
    ])
    await expect(swapIn()).rejects.toMatchObject({
      name: 'BadFile',
      message: 'the application is archived',
    })
    expect(await accounts()).toEqual(['grace'])
  })

  it('is never beside another of the application', async () => {
    const swapIn = await copied()
    const other = await database.connect()
    await other.query('BEGIN')
    await other.query(`SELECT pg_advisory_xact_lock(hashtextextended('swap into ' || $1, 0))`, [
      application_id,
    ])
    await expect(swapIn()).rejects.toMatchObject({ name: 'TryAgain' })
    expect(await accounts()).toEqual(['grace'])
    await other.query('COMMIT')
    await other.end()
    await swapIn()
    expect(await accounts()).toEqual(['ada'])
  })
})
