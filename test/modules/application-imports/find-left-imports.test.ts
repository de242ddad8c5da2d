import type { FastifyBaseLogger } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../../src/db/database.ts'
import { type Jobs, openJobs, type Work } from '../../../src/jobs/jobs.ts'
import { findLeftImports } from '../../../src/modules/application-imports/run/find-left-imports.ts'
import type { WorkTools } from '../../../src/operation.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { type Scene, sceneOf } from './scene.ts'

const onError = () => undefined
let server: TestServer
let scene: Scene
let database: Database
let jobs: Jobs
let find: Work
beforeAll(async () => {
  server = await startServer()
  const { url } = server.database
  database = openDatabase({ url, poolSize: 2, onError })
  jobs = openJobs({ url, onError })
  const log: FastifyBaseLogger = server.app.log
  find = findLeftImports({ prisma: database.prisma, jobs, log } as WorkTools)
})
beforeEach(async () => {
  scene = await sceneOf(server)
})
afterAll(async () => {
  await jobs.close()
  await database.close()
  await server.close()
})

const look = () => find.handle({} as never, new AbortController().signal)

const jobsOf = (id: string) =>
  server.database.sql<{ state: string; singleton_key: string }>(
    `SELECT state, singleton_key FROM pgboss.job
     WHERE name = 'run_import' AND data->>'import_id' = $1 ORDER BY created_on`,
    [id],
  )

const longAgo = (id: string) =>
  server.database.sql(
    `UPDATE application_imports SET created_at = now() - interval '13 hours' WHERE id = $1`,
    [id],
  )

describe('An import whose job was given up', () => {
  it.each(['pending', 'running', 'canceling'])(
    'while it was %s gets another one',
    async (status) => {
      const id = await server.given.applicationImport(scene.application.id, status)
      await server.database.sql(
        `INSERT INTO pgboss.job (name, data, singleton_key, policy, state)
       VALUES ('run_import', $1, $2, 'singleton', 'failed')`,
        [JSON.stringify({ import_id: id }), scene.application.id],
      )
      await look()
      await look()
      expect(await jobsOf(id)).toEqual([
        { state: 'failed', singleton_key: scene.application.id },
        { state: 'created', singleton_key: scene.application.id },
      ])
    },
  )

  it('fails when it was tried for half a day, and says so', async () => {
    const id = await server.given.applicationImport(scene.application.id, 'running')
    await longAgo(id)
    await look()
    const log = 'could not be done within 12 hours, for reasons on our side: begin it anew'
    expect(await scene.see(id)).toMatchObject({ status: 'failed', log })
    expect(await jobsOf(id)).toEqual([])
    expect(await scene.events(id)).toMatchObject([
      { action: 'application_import.failed', after: { status: 'failed', log } },
    ])
  })

  it('ends as it was told to where it was to be canceled', async () => {
    const id = await server.given.applicationImport(scene.application.id, 'canceling')
    await longAgo(id)
    await look()
    expect(await scene.see(id)).toMatchObject({ status: 'canceled' })
  })

  it('is left alone while it has one, waits to be confirmed, or has ended', async () => {
    const waiting = await server.given.applicationImport(scene.application.id)
    await look()
    await longAgo(waiting)
    const others = await Promise.all(
      ['paused', 'finished', 'failed', 'canceled'].map((status) =>
        server.given.applicationImport(scene.application.id, status),
      ),
    )
    const before = await server.traces()
    await look()
    expect(await server.traces()).toEqual(before)
    expect(await jobsOf(waiting)).toHaveLength(1)
    expect((await scene.see(waiting)).status).toBe('pending')
    for (const id of others) expect(await jobsOf(id)).toEqual([])
  })
})
