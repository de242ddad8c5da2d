import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { installJobs } from '../../src/jobs/install.ts'
import { type Jobs, openJobs, startWorker, work } from '../../src/jobs/jobs.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'

const onError = () => undefined
let clone: TestDatabase
let database: Database
let jobs: Jobs
beforeAll(async () => {
  clone = await cloneDatabase()
  database = openDatabase({ url: clone.url, poolSize: 4, onError })
  jobs = openJobs({ url: clone.url, onError })
})
afterAll(async () => {
  await jobs.close()
  await database.close()
  await clone.drop()
})

const send = (import_id: string, key = import_id) =>
  database.prisma.$transaction((tx) => jobs.send(tx, 'run_import', { import_id }, { key }))

/** A worker on imports; call what it answers to stop it. */
const worker = (handle: (import_id: string) => Promise<void>) =>
  startWorker({ url: clone.url, onError }, [
    work({ queue: 'run_import', concurrency: 3, handle: ({ import_id }) => handle(import_id) }),
  ])

describe('A job', () => {
  it('is there with the transaction that sends it, and with it alone', async () => {
    const undone = database.prisma.$transaction(async (tx) => {
      await jobs.send(tx, 'run_import', { import_id: 'undone' }, { key: 'undone' })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await send('kept')
    const seen: string[] = []
    const stop = await worker(async (id) => {
      seen.push(id)
    })
    await eventually(async () => seen.length > 0, 10_000)
    await stop()
    expect(seen).toEqual(['kept'])
  }, 30_000)

  it('is tried again after it has failed', async () => {
    let tries = 0
    await send('fails twice')
    const stop = await worker(async () => {
      tries += 1
      if (tries < 3) throw new Error('not yet')
    })
    await eventually(async () => tries === 3, 20_000)
    await stop()
  }, 30_000)

  it('is never done beside another of its key, in whichever process; those of other keys are', async () => {
    const running = new Map<string, number>()
    const most = new Map<string, number>()
    let done = 0
    let together = 0
    const handle = async (id: string) => {
      const [key = ''] = id.split(' ')
      running.set(key, (running.get(key) ?? 0) + 1)
      most.set(key, Math.max(most.get(key) ?? 0, running.get(key) ?? 0))
      together = Math.max(together, [...running.values()].filter((count) => count > 0).length)
      await new Promise((resolve) => setTimeout(resolve, 100))
      running.set(key, (running.get(key) ?? 0) - 1)
      done += 1
    }
    for (const id of ['a 1', 'b 1', 'a 2', 'b 2', 'a 3']) await send(id, id.slice(0, 1))
    const stops = [await worker(handle), await worker(handle)]
    await eventually(async () => done === 5, 20_000)
    await Promise.all(stops.map((stop) => stop()))
    expect([...most.values()]).toEqual([1, 1])
    expect(together).toBe(2)
  }, 30_000)

  it('may be sent by who may not change the tables of the library', async () => {
    const asApplication = (text: string) => database.pool.query(text)
    await expect(asApplication('DROP TABLE pgboss.job')).rejects.toThrow('must be owner')
    await expect(asApplication('CREATE TABLE pgboss.mine ()')).rejects.toThrow('permission denied')
  })
})

describe('The installation of the library', () => {
  it('is done once by five that start together, and may be repeated', async () => {
    const empty = await cloneDatabase()
    await empty.sql('DROP SCHEMA pgboss CASCADE')
    await Promise.all(Array.from({ length: 5 }, () => installJobs(empty.url)))
    await installJobs(empty.url)
    const queues = await empty.sql('SELECT name FROM pgboss.queue')
    expect(queues.length).toBeGreaterThanOrEqual(4)
    await empty.drop()
  }, 30_000)
})
