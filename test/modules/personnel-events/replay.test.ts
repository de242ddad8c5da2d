import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HandWorker, handWorker } from '../../support/hand-worker.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { type Scene, sceneOf, today } from './scene.ts'

let server: TestServer
let worker: HandWorker
beforeAll(async () => {
  server = await startServer()
  worker = handWorker(server)
})
afterAll(async () => {
  await worker.close()
  await server.close()
})

async function leave(scene: Scene, identity_id: string) {
  const { id } = await scene.report('offboard', { identity_id })
  await scene.approve(id)
  await worker.carryOut(id)
  expect(await scene.see(id)).toMatchObject({ status: 'completed' })
}

const deleteRole = (id: string) => server.database.sql('DELETE FROM roles WHERE id = $1', [id])

/** Reports, lets something happen, and sends the same again with the same key. */
async function repeated(
  scene: Scene,
  kind: string,
  fields: object,
  meanwhile: (id: string) => Promise<unknown>,
) {
  const body = { effective_date: today(), ...fields }
  const headers = { 'idempotency-key': crypto.randomUUID() }
  const { as } = scene.reporter
  const send = () => server.call('POST', `/personnel-events/${kind}`, { as, body, headers })
  const first = await send()
  expect(first.status).toBe(201)
  await meanwhile(first.body.id)
  const before = await server.traces()

  const second = await send()

  expect({ status: second.status, body: second.body }).toEqual({ status: 201, body: first.body })
  expect(second.headers.get('idempotency-replayed')).toBe('true')
  expect(await server.traces()).toEqual(before)
}

describe('a report that is sent again with its key is answered as the first time', () => {
  it('where the person has left since, by this very event', async () => {
    const scene = await sceneOf(server)
    const identity_id = await scene.identity()
    await repeated(scene, 'offboard', { identity_id }, async (id) => {
      await scene.approve(id)
      await worker.carryOut(id)
      expect(await scene.see(id)).toMatchObject({ status: 'completed' })
    })
  })

  it('where the person on leave has left since', async () => {
    const scene = await sceneOf(server)
    const identity_id = await scene.identity()
    await repeated(scene, 'leave-of-absence', { identity_id }, () => leave(scene, identity_id))
  })

  it('where the roles of a transition have been deleted since', async () => {
    const scene = await sceneOf(server, ['tenants.read'])
    const identity_id = await scene.identity()
    const [added, removed] = [
      await server.given.role(['tenants.read']),
      await server.given.role(['audit.read']),
    ]
    const fields = { identity_id, add_role_ids: [added], remove_role_ids: [removed] }
    await repeated(scene, 'role-transition', fields, async () => {
      await deleteRole(added)
      await deleteRole(removed)
    })
  })

  it('where the supervisor of who joins has left since, and the role has been deleted', async () => {
    const scene = await sceneOf(server, ['tenants.read'])
    const supervisor_id = await scene.identity()
    const role_id = await server.given.role(['tenants.read'])
    const email = `${crypto.randomUUID()}@example.com`
    const fields = {
      tenant_id: scene.tenant.id,
      identity: { first_name: 'Grace', last_name: 'Hopper', email, supervisor_id },
      user: { role_ids: [role_id] },
    }
    await repeated(scene, 'onboard', fields, async () => {
      await leave(scene, supervisor_id)
      await deleteRole(role_id)
    })
  })
})
