import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { type HandWorker, handWorker } from '../../support/hand-worker.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { sceneOf } from './scene.ts'

let server: TestServer
let worker: HandWorker
let other: pg.Client
beforeAll(async () => {
  server = await startServer()
  worker = handWorker(server)
  other = new pg.Client({ connectionString: server.database.url })
  await other.connect()
})
afterAll(async () => {
  await other.end()
  await worker.close()
  await server.close()
})

const complete = [
  `UPDATE personnel_event_stages SET status = 'done', at = now() WHERE event_id = $1 AND name = 'verify'`,
  `UPDATE personnel_events SET status = 'completed' WHERE id = $1`,
]
const reopen = [
  `UPDATE personnel_event_stages SET status = 'waiting', at = NULL WHERE event_id = $1 AND name = 'verify'`,
  `UPDATE personnel_events SET status = 'open' WHERE id = $1`,
]

/** An onboarding whose last step has yet to be taken, by a worker that began when there was no identity to lock. */
async function almostOnboarded(scene: Awaited<ReturnType<typeof sceneOf>>) {
  const identity = { first_name: 'Grace', last_name: 'Hopper' }
  const { id } = await scene.report('onboard', { tenant_id: scene.tenant.id, identity })
  await scene.approve(id)
  await worker.carryOut(id)
  for (const statement of reopen) await server.database.sql(statement, [id])
  return scene.see(id)
}

it('an event that ends while an offboarding waits for it has ended, and is not canceled', async () => {
  const scene = await sceneOf(server)
  const joined = await almostOnboarded(scene)
  const { id } = await scene.report('offboard', { identity_id: joined.affected_identity.id })
  await scene.approve(id)
  await other.query('BEGIN')
  for (const statement of complete) await other.query(statement, [joined.id])

  const leaving = worker.carryOut(id)
  await eventually(async () => {
    const waiting = await server.database.sql(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    return waiting.length > 0
  })
  await other.query('COMMIT')
  await leaving

  expect(await scene.see(id)).toMatchObject({ status: 'completed' })
  expect(await scene.see(joined.id)).toMatchObject({
    status: 'completed',
    stages: [{ status: 'done' }, { status: 'done' }, { status: 'done' }],
  })
  const canceled = await server.database.sql(
    `SELECT 1 FROM audit_events WHERE action = 'personnel_event.canceled' AND target_id = $1`,
    [joined.id],
  )
  expect(canceled).toEqual([])
})
