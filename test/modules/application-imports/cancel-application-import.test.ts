import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { header, type Scene, sceneOf } from './scene.ts'
import { allowed, startSource } from './source.ts'

/** Sends some rows, and then waits for somebody to give up. */
const never = (_: unknown, response: ServerResponse) => {
  response.write(`${header}ada,ada@example.com,read\n`)
}

let server: TestServer
let scene: Scene
let source: Awaited<ReturnType<typeof startSource>>
beforeAll(async () => {
  source = await startSource(never)
  server = await startServer(allowed, null, { withWorker: true })
  scene = await sceneOf(server)
})
afterAll(async () => {
  await server.close()
  await source.close()
})

const cancel = (id: string) =>
  server.call('POST', `/application-imports/${id}/cancel`, { as: scene.admin.as })

/** What is kept of the files of an import. */
async function pieces(id: string) {
  const [row] = await server.database.sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM import_file_chunks c JOIN import_files f ON f.id = c.file_id
     WHERE f.import_id = $1`,
    [id],
  )
  return row?.count
}

/** An import that has begun to read its source and will not come to the end of it. */
async function running() {
  const application = await server.given.application(scene.tenant.id, {
    import_schedule: source.schedule,
    accounts: [['grace', null, ['read']]],
  })
  const body = { application_id: application.id }
  const staged = await server.call('POST', '/application-imports/stage', {
    as: scene.admin.as,
    body,
  })
  await eventually(async () => (await scene.see(staged.body.id)).status === 'running')
  return { application, id: staged.body.id as string }
}

describe('POST /application-imports/{id}/cancel', () => {
  it('ends an import that waits for its turn at once, and what it was made from goes', async () => {
    const { application, id } = await running()
    const { body } = await scene.upload(`${header}ada,,read\n`, application)
    const { status, body: canceled } = await cancel(body.id)
    expect(status).toBe(200)
    expect(canceled).toMatchObject({ id: body.id, status: 'canceled', build_start: null })
    expect(canceled.build_end).not.toBeNull()
    expect((await cancel(body.id)).status).toBe(409)
    expect(await scene.events(body.id)).toMatchObject([
      { action: 'application_import.created' },
      { action: 'application_import.canceled' },
    ])
    await cancel(id)
    await eventually(async () => (await pieces(body.id)) === 0)
  })

  it('ends one that runs within a second or two, and nothing has changed', async () => {
    const { application, id } = await running()
    const before = Date.now()
    expect((await cancel(id)).body).toMatchObject({ status: 'canceling', build_end: null })
    const again = await cancel(id)
    expect(again.status).toBe(409)
    const ended = await scene.settled(id)
    expect(Date.now() - before).toBeLessThan(5000)
    expect(ended).toMatchObject({ status: 'canceled', metrics: null })
    expect(ended.build_end).not.toBeNull()
    expect(await scene.accounts(application.id)).toEqual([
      { account: 'grace', email: null, privileges: ['read'] },
    ])
    expect(await scene.events(id)).toMatchObject([
      { action: 'application_import.created' },
      { action: 'application_import.started' },
      { action: 'application_import.cancel_requested', actor_name: scene.admin.email },
      { action: 'application_import.canceled', actor_name: scene.admin.email },
    ])
    const [left] = await server.database.sql(
      'SELECT count(*)::int AS count FROM import_rows WHERE import_id = $1',
      [id],
    )
    expect(left).toEqual({ count: 0 })
  })

  it('lets the next import of the application have its turn', async () => {
    const { application, id } = await running()
    const { body: next } = await scene.upload(`${header}ada,,read\n`, application)
    await cancel(id)
    expect(await scene.settled(next.id)).toMatchObject({ status: 'paused' })
    expect((await cancel(next.id)).body).toMatchObject({ status: 'canceled' })
    await eventually(async () => (await pieces(next.id)) === 0)
    expect(await scene.accounts(application.id)).toHaveLength(1)
  })

  it.each(['finished', 'failed', 'canceled', 'canceling'])(
    'answers 409 to one that is %s',
    async (status) => {
      const id = await server.given.applicationImport(scene.application.id, status)
      const before = await server.traces()
      const answer = await cancel(id)
      expect(answer.status).toBe(409)
      expect(answer.body.message).toContain(status)
      expect(await server.traces()).toEqual(before)
    },
  )

  it('is for who may run imports there, and tells nobody else of them', async () => {
    const { given, call } = server
    const id = await given.applicationImport(scene.application.id)
    const ask = async (permissions: string[], tenant_id = scene.tenant.id) => {
      const elsewhere = await given.tenant()
      const { as } = await given.person({
        tenants: [tenant_id, elsewhere.id],
        grants: [
          { permissions, tenant_id },
          { permissions: ['imports.run'], tenant_id: elsewhere.id },
        ],
      })
      return (await call('POST', `/application-imports/${id}/cancel`, { as })).status
    }
    expect(await ask(['imports.read'])).toBe(403)
    expect(await ask(['tenants.read'])).toBe(404)
    expect(await ask(['imports.run'], (await given.tenant()).id)).toBe(404)
    expect((await scene.see(id)).status).toBe('pending')
  })
})
