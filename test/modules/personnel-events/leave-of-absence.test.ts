import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HandWorker, handWorker } from '../../support/hand-worker.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { dayFromNow, sceneOf, stagesOf } from './scene.ts'

let server: TestServer
let worker: HandWorker
beforeAll(async () => {
  server = await startServer({}, null, { withWorker: true })
  worker = handWorker(server)
})
afterAll(async () => {
  await worker.close()
  await server.close()
})

async function leaverScene() {
  const scene = await sceneOf(server)
  const employee = await scene.employee()
  const leave = { identity_id: employee.identity_id }
  return { ...scene, employee, leave, may: () => scene.maySee(employee.token.as) }
}

describe('a leave of absence', () => {
  it('takes the tenant from the user, keeps the grants, and gives it back on its end date', async () => {
    const { leave, may, done, see, pass, employee, roleIds } = await leaverScene()

    const { id } = await done('leave-of-absence', { ...leave, end_date: dayFromNow(5) }, 'open')
    const away = await see(id)
    expect(stagesOf(away)).toEqual([
      'approve done',
      'suspend done',
      'restore waiting',
      'verify waiting',
    ])
    expect(away.affected_identity.status).toBe('disabled')
    expect(await may()).toBe(false)
    expect(await roleIds(employee.id)).toEqual([employee.role_id])

    await pass(id, 4)
    await worker.carryOut(id)
    expect(await may()).toBe(false)

    await pass(id, 1)
    await worker.carryOut(id)
    expect(await see(id)).toMatchObject({
      status: 'completed',
      affected_identity: { status: 'active' },
    })
    expect(await may()).toBe(true)
  })

  it('without an end is snoozed, and ends when it is canceled', async () => {
    const { leave, may, done, cancel } = await leaverScene()
    const { id } = await done('leave-of-absence', leave, 'snoozed')
    await worker.carryOut(id)
    expect(await may()).toBe(false)

    const { status, body } = await cancel(id)

    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'canceled', affected_identity: { status: 'active' } })
    expect(stagesOf(body)).toEqual([
      'approve done',
      'suspend done',
      'restore done',
      'verify canceled',
    ])
    expect(await may()).toBe(true)
    expect((await cancel(id)).status).toBe(409)
  })

  it('gives nothing back to somebody who has been offboarded meanwhile', async () => {
    const { leave, may, done, see, pass, cancel, employee, roleIds } = await leaverScene()
    const { id } = await done('leave-of-absence', { ...leave, end_date: dayFromNow(5) }, 'open')

    await done('offboard', leave)

    expect(await see(id)).toMatchObject({ status: 'canceled' })
    await pass(id, 5)
    await worker.carryOut(id)
    expect((await cancel(id)).status).toBe(409)
    expect(await may()).toBe(false)
    expect(await roleIds(employee.id)).toEqual([])
  })

  it('is over, and leaves nobody away for ever, where an offboarding ends it and fails', async () => {
    const { leave, may, done, see, employee } = await leaverScene()
    const { id } = await done('leave-of-absence', leave, 'snoozed')
    await server.given.scope(employee.id, 'any')

    const event = await done('offboard', leave, 'failed')

    expect(event.failure).toContain('by any')
    expect(await see(id)).toMatchObject({
      status: 'canceled',
      affected_identity: { status: 'active' },
    })
    await server.database.sql('DELETE FROM tenant_scopes WHERE user_id = $1', [employee.id])
    expect(await may()).toBe(false)
    expect((await done('offboard', leave)).affected_identity.status).toBe('removed')
  })

  it('gives nothing back that would be more than it took', async () => {
    const { leave, may, done, cancel, employee } = await leaverScene()
    const { id } = await done('leave-of-absence', leave, 'snoozed')
    await server.given.grant(employee.id, { permissions: ['audit.read'] })

    const { body } = await cancel(id)

    expect(body.status).toBe('failed')
    expect(body.failure).toContain('would hold more here than before')
    expect(body.affected_identity.status).toBe('active')
    expect(await may()).toBe(false)
  })

  it('takes grants that were taken meanwhile as gone', async () => {
    const { leave, may, done, cancel, employee } = await leaverScene()
    const { id } = await done('leave-of-absence', leave, 'snoozed')
    await server.database.sql('DELETE FROM grants WHERE id = $1', [employee.grant_id])

    expect((await cancel(id)).body.status).toBe('canceled')
    expect(await may()).toBe(false)
  })

  it('is ended where an operator has brought the user back already', async () => {
    const { leave, may, done, cancel, employee, tenant } = await leaverScene()
    const { id } = await done('leave-of-absence', leave, 'snoozed')
    const { as } = await server.given.admin()
    await server.call('PUT', `/users/${employee.id}/tenants/${tenant.id}`, { as })
    expect(await may()).toBe(true)

    expect((await cancel(id)).body.status).toBe('canceled')
    expect(await may()).toBe(true)
  })

  it('fails, and takes nothing, where the user reaches the tenant by a word', async () => {
    const { leave, may, done, employee } = await leaverScene()
    await server.given.scope(employee.id, 'type:test')

    const event = await done('leave-of-absence', leave, 'failed')

    expect(event.failure).toContain('by type:test')
    expect(event.affected_identity.status).toBe('active')
    expect(await may()).toBe(true)
  })
})
