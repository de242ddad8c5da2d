import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../src/db/database.ts'
import { openJobs, type Work } from '../../../src/jobs/jobs.ts'
import { queues, schedules } from '../../../src/jobs/queues.ts'
import { findDuePersonnelEvents } from '../../../src/modules/personnel-events/run/works.ts'
import type { WorkTools } from '../../../src/operation.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { dayFromNow, sceneOf } from './scene.ts'

let server: TestServer
let database: ReturnType<typeof openDatabase>
let jobs: ReturnType<typeof openJobs>
let find: Work
beforeAll(async () => {
  server = await startServer()
  const { url } = server.database
  const onError = () => undefined
  database = openDatabase({ url, poolSize: 4, onError, isForWork: true })
  jobs = openJobs({ url, onError })
  const { prisma } = database
  find = findDuePersonnelEvents({ prisma, jobs, log: server.app.log } as WorkTools)
})
afterAll(async () => {
  await jobs.close()
  await database.close()
  await server.close()
})

describe('what is due', () => {
  it('is looked for each minute, by a schedule that comes with the installation', async () => {
    const rows = await server.database.sql('SELECT name, cron FROM pgboss.schedule')
    expect(rows).toContainEqual({ name: 'find_due_personnel_events', cron: '* * * * *' })
    expect(Object.keys(queues)).toEqual(expect.arrayContaining(Object.keys(schedules)))
  })

  it('is found and carried out without its job, and what is not due is left alone', async () => {
    const scene = await sceneOf(server)
    const leave = async (days: number) => {
      const { identity_id } = await scene.employee()
      const dates = { effective_date: dayFromNow(days), end_date: dayFromNow(days + 2) }
      const { id } = await scene.report('leave-of-absence', { identity_id, ...dates })
      await scene.approve(id)
      return id
    }
    const [due, over, later] = [await leave(1), await leave(1), await leave(4)]
    await scene.pass(due, 1)
    await scene.pass(over, 3)
    await server.database.sql('DELETE FROM pgboss.job')

    await find.handle({} as never, new AbortController().signal)

    const statuses = await Promise.all([due, over, later].map((id) => scene.see(id)))
    expect(statuses).toMatchObject([
      { status: 'open' },
      { status: 'completed' },
      { status: 'scheduled' },
    ])
  })
})
