import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HandWorker, handWorker } from '../../support/hand-worker.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { dayFromNow, sceneOf, stagesOf, today } from './scene.ts'

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

describe('an offboarding', () => {
  it('is shown with every field, and waits to be approved', async () => {
    const scene = await sceneOf(server)
    const { identity_id, token, email } = await scene.employee()

    const answer = await scene.reportRaw('offboard', {
      identity_id,
      effective_date: today(),
      comment: 'Moves abroad',
    })

    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({
      id: expect.any(String),
      kind: 'Personnel Event',
      number: expect.any(Number),
      tenant_id: scene.tenant.id,
      type: 'offboard',
      status: 'pending',
      reporter: { id: scene.reporter.id, name: 'HRIS Integration' },
      affected_identity: {
        id: identity_id,
        kind: 'Identity',
        first_name: 'Grace',
        last_name: 'Hopper',
        email,
        status: 'active',
      },
      effective_date: today(),
      end_date: null,
      identity: null,
      user: null,
      add_role_ids: [],
      remove_role_ids: [],
      roles: [],
      stages: ['approve', 'deprovision', 'verify'].map((name) => ({
        name,
        status: 'waiting',
        at: null,
        by: null,
      })),
      failure: null,
      comment: 'Moves abroad',
      created_at: expect.any(String),
    })
    expect(await scene.see(answer.body.id)).toEqual(answer.body)
    await worker.carryOut(answer.body.id)
    expect(await scene.maySee(token.as)).toBe(true)
  })

  it('takes the tenant from every token of the user when its stage says so, and nothing elsewhere', async () => {
    const scene = await sceneOf(server)
    const elsewhere = await server.given.tenant()
    const employee = await scene.employee([scene.tenant.id, elsewhere.id])
    await server.given.grant(employee.id, {
      permissions: ['tenants.read'],
      tenant_id: elsewhere.id,
    })
    const wide = await server.given.token(employee.id, { tenants: [scene.tenant.id, elsewhere.id] })
    for (const { as } of [employee, employee.token, wide]) expect(await scene.maySee(as)).toBe(true)

    const event = await scene.done('offboard', { identity_id: employee.identity_id })

    for (const { as } of [employee, employee.token, wide]) {
      expect(await scene.maySee(as)).toBe(false)
    }
    const there = await server.call('GET', `/tenants/${elsewhere.id}`, { as: wide.as })
    expect(there.status).toBe(200)
    expect(await scene.roleIds(employee.id)).toEqual([])
    expect(stagesOf(event)).toEqual(['approve done', 'deprovision done', 'verify done'])
    expect(event.stages.map(({ by }: { by: string }) => by)).toEqual([
      'HRIS Integration',
      'system',
      'system',
    ])
    expect(event.affected_identity.status).toBe('removed')
    const [row] = await server.database.sql('SELECT * FROM identities WHERE id = $1', [
      employee.identity_id,
    ])
    expect(row?.['inactivated_at']).toBeInstanceOf(Date)
  })

  it('has no effect before its day, and has it on that day', async () => {
    const scene = await sceneOf(server)
    const { identity_id, token } = await scene.employee()
    const { id } = await scene.report('offboard', { identity_id, effective_date: dayFromNow(3) })
    expect((await scene.approve(id)).body.status).toBe('scheduled')

    await worker.carryOut(id)
    expect(await scene.see(id)).toMatchObject({ status: 'scheduled' })
    expect(await scene.maySee(token.as)).toBe(true)

    await scene.pass(id, 3)
    await worker.carryOut(id)
    expect(await scene.see(id)).toMatchObject({ status: 'completed' })
    expect(await scene.maySee(token.as)).toBe(false)
  })

  it('goes on where the token that reported it has been deleted: it gives nothing', async () => {
    const scene = await sceneOf(server)
    const { identity_id, token } = await scene.employee()
    const { id } = await scene.report('offboard', { identity_id, effective_date: dayFromNow(1) })
    await scene.approve(id)
    await server.call('DELETE', `/me/tokens/${scene.reporter.id}`, { as: scene.owner.as })
    await scene.pass(id, 1)

    await worker.carryOut(id)

    expect(await scene.see(id, scene.owner.as)).toMatchObject({ status: 'completed' })
    expect(await scene.maySee(token.as)).toBe(false)
  })

  it.each(['any', 'type:test'])(
    'takes what lies in the tenant and fails where the user still reaches it by %s',
    async (word) => {
      const scene = await sceneOf(server)
      const employee = await scene.employee([scene.tenant.id, word])

      const event = await scene.done('offboard', { identity_id: employee.identity_id }, 'failed')

      expect(event.failure).toContain(`still reaches this tenant by ${word}`)
      expect(stagesOf(event)).toEqual(['approve done', 'deprovision failed', 'verify canceled'])
      expect(event.affected_identity.status).toBe('active')
      expect(await scene.roleIds(employee.id)).toEqual([])
      expect(await scene.maySee(employee.token.as)).toBe(false)
    },
  )

  it('is of the person alone where they have no user', async () => {
    const scene = await sceneOf(server)
    const event = await scene.done('offboard', { identity_id: await scene.identity() })
    expect(event.affected_identity.status).toBe('removed')
  })

  it('leaves audit events in the name of the token, and one thread to find them by', async () => {
    const scene = await sceneOf(server)
    const employee = await scene.employee()
    const { id } = await scene.done('offboard', { identity_id: employee.identity_id })

    const events = await server.database.sql(
      `SELECT action, target_id, actor_id, actor_name, credential_kind, credential_id, credential_name,
         tenant_ids, ip FROM audit_events WHERE correlation_id = $1 ORDER BY at, id`,
      [id.replaceAll('-', '')],
    )

    expect(events.map(({ action, target_id }) => [action, target_id])).toEqual([
      ['user.tenant_unassigned', employee.id],
      ['grant.deleted', employee.id],
      ['identity.removed', employee.identity_id],
      ['personnel_event.carried_out', id],
      ['personnel_event.completed', id],
    ])
    for (const event of events) {
      expect(event).toMatchObject({
        actor_id: scene.owner.id,
        actor_name: scene.owner.email,
        credential_kind: 'personal_access_token',
        credential_id: scene.reporter.id,
        credential_name: 'HRIS Integration',
        tenant_ids: [scene.tenant.id],
        ip: null,
      })
    }
  })
})
