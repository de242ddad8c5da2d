import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paced } from '../../../src/modules/application-imports/run/spool-source.ts'
import { eventually } from '../../support/eventually.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { header, type Scene, sceneOf } from './scene.ts'
import { allowed, startSource } from './source.ts'

let server: TestServer
let scene: Scene
let source: Awaited<ReturnType<typeof startSource>>
let finish: () => void
let secret = ''
beforeAll(async () => {
  source = await startSource((_, response) => {
    if (secret) return response.end(secret)
    response.write(`${header}ada,,read\n`.padEnd(300_000, 'bob,,read\n'))
    finish = () => response.end()
    return response
  })
  server = await startServer(allowed, null, { withWorker: true })
  scene = await sceneOf(server)
})
afterAll(async () => {
  await server.close()
  await source.close()
})

describe('The source of an import', () => {
  it('is stored as it comes, and no statement or transaction waits for it', async () => {
    const application = await server.given.application(scene.tenant.id, {
      import_schedule: source.schedule,
    })
    const { body } = await server.call('POST', '/application-imports/stage', {
      as: scene.admin.as,
      body: { application_id: application.id },
    })
    await eventually(async () => ((await server.traces())['import_file_chunks'] ?? 0) > 0)
    const open = await server.database.sql(
      `SELECT query FROM pg_stat_activity WHERE datname = current_database()
       AND pid <> pg_backend_pid() AND application_name = 'postern' AND now() - xact_start > interval '300 ms'`,
    )
    expect(open).toEqual([])
    expect(await server.traces()).toMatchObject({ import_files: 0, import_rows: 0 })
    finish()
    expect(await scene.settled(body.id)).toMatchObject({ status: 'finished', files: [] })
    expect(await scene.accounts(application.id)).toHaveLength(2)
    await eventually(async () => (await server.traces())['import_file_chunks'] === 0)
  })

  it('is not quoted where it is no list of accounts: it may be what only we can reach', async () => {
    secret = 'email,password\nroot@example.com,hunter2\n'
    const application = await server.given.application(scene.tenant.id, {
      import_schedule: source.schedule,
    })
    const { body } = await server.call('POST', '/application-imports/stage', {
      as: scene.admin.as,
      body: { application_id: application.id },
    })
    const { log } = await scene.settled(body.id)
    expect(log.split('\n')).toEqual([
      'line 1: cell 2 is no column; there are account, email and privilege',
      'line 1: the column account is missing',
      'line 1: the column privilege is missing',
    ])
  })

  it('must keep a pace, after a while', async () => {
    async function* drip() {
      for (let n = 0; n < 50; n += 1) {
        await sleep(10)
        yield Buffer.from('x')
      }
    }
    const read = async (pace: { graceMs: number; bytesPerSecond: number }) => {
      let bytes = 0
      for await (const chunk of paced(drip(), pace)) bytes += chunk.length
      return bytes
    }
    await expect(read({ graceMs: 100, bytesPerSecond: 1000 })).rejects.toThrow('took too long')
    expect(await read({ graceMs: 60_000, bytesPerSecond: 1000 })).toBe(50)
  })
})
