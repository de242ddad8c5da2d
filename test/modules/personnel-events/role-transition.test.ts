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

/** Somebody who is to see the audit log instead of the tenant. */
async function moverScene() {
  const scene = await sceneOf(server, ['tenants.read', 'audit.read'])
  const employee = await scene.employee()
  const new_role_id = await server.given.role(['audit.read'])
  const permissions = ['tenants.read', 'audit.read']
  const pat = await server.given.token(employee.id, { permissions, tenants: [scene.tenant.id] })
  const swap = {
    identity_id: employee.identity_id,
    add_role_ids: [new_role_id],
    remove_role_ids: [employee.role_id],
  }
  const may = async () => {
    const audit = await server.call('GET', `/audit-events?tenant_id=${scene.tenant.id}`, {
      as: pat.as,
    })
    return { old: await scene.maySee(pat.as), new: audit.status === 200 }
  }
  return { ...scene, employee, new_role_id, swap, may }
}

describe('a role transition', () => {
  it('swaps the roles of the user in the tenant, and their tokens with them', async () => {
    const { swap, may, done, employee, roleIds, new_role_id } = await moverScene()
    expect(await may()).toEqual({ old: true, new: false })

    const event = await done('role-transition', swap)

    expect(stagesOf(event)).toEqual(['approve done', 'transition done', 'verify done'])
    expect(await may()).toEqual({ old: false, new: true })
    expect(await roleIds(employee.id)).toEqual([new_role_id])
  })

  it('is turned back on its end date, by exactly what it did', async () => {
    const { swap, may, done, see, pass, employee, roleIds } = await moverScene()
    const kept = await server.given.role(['tenants.read'])
    await server.database.sql(
      'INSERT INTO grants (id, user_id, role_id, tenant_id) SELECT gen_random_uuid(), $1, $2, tenant_id FROM grants WHERE id = $3',
      [employee.id, kept, employee.grant_id],
    )
    const add_role_ids = [...swap.add_role_ids, kept]
    const end_date = dayFromNow(1)
    const { id } = await done('role-transition', { ...swap, add_role_ids, end_date }, 'open')
    expect(await may()).toEqual({ old: true, new: true })
    await worker.carryOut(id)
    expect(await see(id)).toMatchObject({ status: 'open' })

    await pass(id, 1)
    await worker.carryOut(id)

    const event = await see(id)
    expect(event.status).toBe('completed')
    expect(stagesOf(event)).toEqual([
      'approve done',
      'transition done',
      'restore done',
      'verify done',
    ])
    expect(await may()).toEqual({ old: true, new: false })
    expect(await roleIds(employee.id)).toEqual([employee.role_id, kept].sort())
  })

  it('that is canceled under way is turned back at once', async () => {
    const { swap, may, done, cancel } = await moverScene()
    const { id } = await done('role-transition', { ...swap, end_date: dayFromNow(9) }, 'open')
    expect(await may()).toEqual({ old: false, new: true })

    const { status, body } = await cancel(id)

    expect(status).toBe(200)
    expect(body.status).toBe('canceled')
    expect(stagesOf(body)).toEqual([
      'approve done',
      'transition done',
      'restore done',
      'verify canceled',
    ])
    expect(await may()).toEqual({ old: true, new: false })
  })

  it('leaves alone what an operator has changed since', async () => {
    const { swap, may, done, cancel, tenant, employee } = await moverScene()
    const { id } = await done('role-transition', { ...swap, end_date: dayFromNow(9) }, 'open')
    const admin = await server.given.admin()
    const path = `/users/${employee.id}/tenants/${tenant.id}`
    await server.call('DELETE', path, { as: admin.as })

    const { body } = await cancel(id)

    expect(body.status).toBe('failed')
    expect(body.failure).toContain('the user is not in the tenant any more')
    await server.call('PUT', path, { as: admin.as })
    expect(await may()).toEqual({ old: false, new: false })
  })

  it('gives no role back that gives more by now', async () => {
    const { swap, may, done, cancel, employee } = await moverScene()
    const { id } = await done('role-transition', { ...swap, end_date: dayFromNow(9) }, 'open')
    await server.database.sql(
      `UPDATE roles SET permissions = '{tenants.read,users.grants}' WHERE id = $1`,
      [employee.role_id],
    )

    const { body } = await cancel(id)

    expect(body.failure).toContain('gives more than before')
    expect(await may()).toEqual({ old: false, new: false })
  })

  it('fails, and changes nothing, where the role to take is held in every tenant', async () => {
    const { swap, may, done, employee } = await moverScene()
    await server.database.sql('UPDATE grants SET tenant_id = NULL WHERE id = $1', [
      employee.grant_id,
    ])

    const event = await done('role-transition', swap, 'failed')

    expect(event.failure).toContain('holds role-')
    expect(await may()).toEqual({ old: true, new: false })
  })

  it('that only takes is done where the user is elsewhere, and tells nothing of them', async () => {
    const { swap, done, identity } = await moverScene()
    const elsewhere = await server.given.tenant()
    const user = await server.given.person({ tenants: [elsewhere.id] })
    const { remove_role_ids } = swap
    await server.database.sql(
      'INSERT INTO grants (id, user_id, role_id) VALUES (gen_random_uuid(), $1, $2)',
      [user.id, remove_role_ids[0]],
    )
    const identity_id = await identity(user.email)

    const event = await done(
      'role-transition',
      { identity_id, remove_role_ids },
      'completed',
      'failed',
    )

    expect(event).toMatchObject({ status: 'completed', failure: null })
  })

  it('fails where the identity has no user in the tenant', async () => {
    const { swap, done, identity } = await moverScene()
    const event = await done(
      'role-transition',
      { ...swap, identity_id: await identity() },
      'failed',
    )
    expect(event.failure).toContain('no user')
  })
})

describe('a report of a role transition is refused', () => {
  it.each([
    ['add_role_ids', { add_role_ids: [], remove_role_ids: [] }, 400],
    ['effective_date', { effective_date: dayFromNow(-1) }, 400],
    ['end_date', { effective_date: dayFromNow(2), end_date: dayFromNow(2) }, 400],
    ['add_role_ids', { add_role_ids: [crypto.randomUUID()] }, 422],
    ['remove_role_ids', { remove_role_ids: [crypto.randomUUID()] }, 422],
    ['identity_id', { identity_id: crypto.randomUUID() }, 404],
  ])('with an error that names %s', async (field, change, status) => {
    const { swap, reportRaw } = await moverScene()
    const before = await server.traces()

    const answer = await reportRaw('role-transition', {
      ...swap,
      effective_date: dayFromNow(1),
      ...change,
    })

    expect({ status: answer.status, field: answer.body.errors?.[0]?.field }).toEqual({
      status,
      field,
    })
    expect(await server.traces()).toEqual(before)
  })

  it('where it adds what the reporter does not hold, and not where it takes that', async () => {
    const { swap, reportRaw } = await moverScene()
    const wide = await server.given.role(['users.grants'])
    const common = { effective_date: dayFromNow(1), identity_id: swap.identity_id }
    const before = await server.traces()

    const adding = await reportRaw('role-transition', { ...common, add_role_ids: [wide] })
    expect(adding.status).toBe(403)
    expect(adding.body.details.permission).toBe('users.grants')
    expect(await server.traces()).toEqual(before)

    const taking = await reportRaw('role-transition', { ...common, remove_role_ids: [wide] })
    expect(taking.status).toBe(201)
  })
})
