import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startServer, type TestServer } from '../../support/server.ts'
import { header, type Scene, sceneOf } from './scene.ts'

let server: TestServer
let scene: Scene
beforeAll(async () => {
  server = await startServer({}, null, { withWorker: true })
  scene = await sceneOf(server)
})
afterAll(() => server.close())

const left = async () => {
  const [row] = await server.database.sql<{ chunks: number; rows: number }>(
    `SELECT (SELECT count(*)::int FROM import_file_chunks) AS chunks,
       (SELECT count(*)::int FROM import_rows) AS rows`,
  )
  return row
}

describe('An import', () => {
  it('brings the accounts of its file, and says how many are whose', async () => {
    await server.given.identity(scene.tenant.id, { email: 'ada@example.com' })
    const ended = await scene.imported(
      `${header}ada,Ada@example.com,read\nada,ada@example.com,write\nbob,,\nada,,read\n`,
    )
    expect(ended).toMatchObject({
      status: 'finished',
      log: null,
      metrics: {
        rows: 4,
        accounts: 2,
        new_accounts: 2,
        removed_accounts: 0,
        new_privileges: 2,
        removed_privileges: 0,
        unmatched: 1,
        change_percent: 100,
      },
      progress: { rows_done: 4, rows_total: 4 },
    })
    expect(await scene.accounts()).toEqual([
      { account: 'ada', email: 'ada@example.com', privileges: ['read', 'write'] },
      { account: 'bob', email: null, privileges: [] },
    ])
    expect(await left()).toEqual({ chunks: 0, rows: 0 })
  })
})
