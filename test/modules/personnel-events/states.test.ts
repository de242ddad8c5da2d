import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HandWorker, handWorker } from '../../support/hand-worker.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { dayFromNow, hris, type Scene, sceneOf, stagesOf, today } from './scene.ts'

let server: TestServer
let workers: HandWorker[]
beforeAll(async () => {
  server = await startServer()
  workers = [handWorker(server), handWorker(server)]
})
afterAll(async () => {
  for (const { close } of workers) await close()
  await server.close()
})

const carryOut = (id: string) => workers[0]!.carryOut(id)

describe('approval', () => {
  it('takes the permission in the tenant of the event, and nothing less', async () => {
    const scene = await sceneOf(server)
    const { id } = await scene.report('offboard', { identity_id: await scene.identity() })
    const permissions = hris.filter((one) => one !== 'personnel_events.approve')
    const narrow = await server.given.token(scene.owner.id, {
      permissions,
      tenants: [scene.tenant.id],
    })
    const other = await sceneOf(server)
    const before = await server.traces()

    expect((await scene.approve(id, narrow.as)).status).toBe(403)
    expect((await scene.cancel(id, narrow.as)).status).toBe(403)
    for (const ask of [other.approve, other.cancel]) {
      expect((await ask(id)).status).toBe(404)
    }

    expect(await server.traces()).toEqual(before)
    expect(await scene.see(id)).toMatchObject({ status: 'pending' })
  })

  it('names who approved, and can be given once', async () => {
    const scene = await sceneOf(server)
    const { id } = await scene.report('offboard', { identity_id: await scene.identity() })

    const answers = await Promise.all([
      scene.approve(id, scene.owner.as),
      scene.approve(id, scene.owner.as),
    ])

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const { stages } = await scene.see(id)
    expect(stages[0]).toMatchObject({ name: 'approve', status: 'done', by: scene.owner.email })
    expect(Date.now() - Date.parse(stages[0].at)).toBeLessThan(10_000)
  })

  it('may be given by the system token that reported it, whose name is the actor of all that follows', async () => {
    const scene = await sceneOf(server)
    const { identity_id } = await scene.employee()
    const { as } = await server.given.systemToken({ name: 'Directory' })
    const event = await scene.report('offboard', { identity_id }, as)
    expect(event.reporter.name).toBe('Directory')

    expect((await scene.approve(event.id, as)).status).toBe(200)
    await carryOut(event.id)

    expect(await scene.see(event.id)).toMatchObject({ status: 'completed' })
    const actors = await server.database.sql(
      'SELECT DISTINCT actor_name FROM audit_events WHERE correlation_id = $1 OR target_id = $2',
      [event.id.replaceAll('-', ''), event.id],
    )
    expect(actors).toEqual([{ actor_name: 'Directory' }])
  })

  it('that comes after the day has its effect then', async () => {
    const scene = await sceneOf(server)
    const { id } = await scene.report('offboard', { identity_id: await scene.identity() })
    await scene.pass(id, 3)
    await carryOut(id)
    expect(await scene.see(id)).toMatchObject({ status: 'pending' })
    await scene.approve(id)
    await carryOut(id)
    expect(await scene.see(id)).toMatchObject({ status: 'completed' })
  })
})

describe('who may only report', () => {
  const inPart = ['personnel_events.create', 'personnel_events.read']
  const tokenOf = ({ owner, tenant }: Scene) =>
    server.given.token(owner.id, { permissions: inPart, tenants: [tenant.id] })
  const clerkOf = ({ tenant }: Scene) =>
    server.given.person({
      tenants: [tenant.id],
      grants: [{ permissions: inPart, tenant_id: tenant.id }],
    })

  it.each([
    ['a token', tokenOf],
    ['a session', clerkOf],
  ])('withdraws what they reported themself by %s, until it is approved', async (_, callerOf) => {
    const scene = await sceneOf(server)
    const { as } = await callerOf(scene)
    const body = { identity_id: await scene.identity() }
    const mistake = await scene.report('offboard', body, as)

    const { status, body: canceled } = await scene.cancel(mistake.id, as)

    expect([status, canceled.status]).toEqual([200, 'canceled'])
    const approved = await scene.report('offboard', body, as)
    await scene.approve(approved.id)
    const before = await server.traces()
    const refused = await scene.cancel(approved.id, as)
    expect(refused.status).toBe(403)
    expect(refused.body.details.permission).toBe('personnel_events.approve')
    expect(await server.traces()).toEqual(before)
    expect(await scene.see(approved.id)).toMatchObject({ status: 'scheduled' })
  })

  it('withdraws nothing of others: of another token of the same owner, or in another tenant', async () => {
    const scene = await sceneOf(server)
    const [one, another, clerk] = [await tokenOf(scene), await tokenOf(scene), await clerkOf(scene)]
    const { id } = await scene.report('offboard', { identity_id: await scene.identity() }, one.as)
    const foreign = await clerkOf(await sceneOf(server))
    const before = await server.traces()

    for (const { as } of [another, clerk]) expect((await scene.cancel(id, as)).status).toBe(403)
    expect((await scene.cancel(id, foreign.as)).status).toBe(404)

    expect(await server.traces()).toEqual(before)
    expect(await scene.see(id)).toMatchObject({ status: 'pending' })
  })

  it('withdraws nothing where they may not report any more', async () => {
    const scene = await sceneOf(server)
    const clerk = await clerkOf(scene)
    const { id } = await scene.report('offboard', { identity_id: await scene.identity() }, clerk.as)
    await server.database.sql(
      `UPDATE roles SET permissions = '{personnel_events.read}'
       WHERE id IN (SELECT role_id FROM grants WHERE user_id = $1)`,
      [clerk.id],
    )
    expect((await scene.cancel(id, clerk.as)).status).toBe(403)
    expect(await scene.see(id)).toMatchObject({ status: 'pending' })
  })
})

describe('an event that is canceled', () => {
  const leaving = async (scene: Scene) => {
    const employee = await scene.employee()
    const { identity_id } = employee
    return {
      employee,
      reported: await scene.report('offboard', { identity_id, effective_date: dayFromNow(1) }),
    }
  }

  it.each(['pending', 'scheduled'])('while %s never has an effect', async (status) => {
    const scene = await sceneOf(server)
    const { employee, reported } = await leaving(scene)
    if (status === 'scheduled') await scene.approve(reported.id)

    const { body } = await scene.cancel(reported.id)

    expect(body.status).toBe('canceled')
    expect(stagesOf(body).slice(1)).toEqual(['deprovision canceled', 'verify canceled'])
    await scene.pass(reported.id, 1)
    await carryOut(reported.id)
    expect(await scene.maySee(employee.token.as)).toBe(true)
    for (const ask of [scene.approve, scene.cancel]) {
      expect((await ask(reported.id)).status).toBe(409)
    }
  })

  it('when it has ended is a conflict, and stays as it is', async () => {
    const scene = await sceneOf(server)
    const { employee, reported } = await leaving(scene)
    await scene.approve(reported.id)
    await scene.pass(reported.id, 1)
    await carryOut(reported.id)
    const ended = await scene.see(reported.id)
    expect(ended.status).toBe('completed')

    expect((await scene.cancel(reported.id)).status).toBe(409)

    expect(await scene.see(reported.id)).toEqual(ended)
    expect(await scene.maySee(employee.token.as)).toBe(false)
  })

  it('in the moment of its effect either has none, or is too late', async () => {
    for (let round = 0; round < 5; round += 1) {
      const scene = await sceneOf(server)
      const { employee, reported } = await leaving(scene)
      await scene.approve(reported.id)
      await scene.pass(reported.id, 1)

      const [canceled] = await Promise.all([scene.cancel(reported.id), carryOut(reported.id)])

      const { status } = await scene.see(reported.id)
      expect(status).toBe(canceled.status === 200 ? 'canceled' : 'completed')
      expect(await scene.maySee(employee.token.as)).toBe(canceled.status === 200)
    }
  })
})

describe('a job that is run again', () => {
  it('by two processes at once has its effect once, with one audit event for each change', async () => {
    const scene = await sceneOf(server, ['tenants.read'])
    const role_id = await server.given.role(['tenants.read'])
    const email = `${crypto.randomUUID()}@example.com`
    const identity = { first_name: 'Grace', last_name: 'Hopper', email }
    const user = { role_ids: [role_id] }
    const { id } = await scene.report('onboard', { tenant_id: scene.tenant.id, identity, user })
    await scene.approve(id)

    await Promise.all([...workers, ...workers].map((worker) => worker.carryOut(id)))
    await carryOut(id)

    expect(await scene.see(id)).toMatchObject({ status: 'completed' })
    const events = await server.database.sql(
      'SELECT action FROM audit_events WHERE correlation_id = $1 ORDER BY at, id',
      [id.replaceAll('-', '')],
    )
    expect(events.map(({ action }) => action)).toEqual([
      'identity.created',
      'user.invited',
      'user.tenant_assigned',
      'grant.created',
      'personnel_event.carried_out',
      'personnel_event.completed',
    ])
  })
})

describe('an event beside another one of the same person', () => {
  it('is refused, but for an offboarding, which ends the other', async () => {
    const scene = await sceneOf(server)
    const identity_id = await scene.identity()
    const role = await server.given.role(['users.read'])
    const leave = { identity_id, effective_date: today() }
    const transition = { ...leave, remove_role_ids: [role] }
    const first = await scene.report('leave-of-absence', leave)

    for (const [kind, body] of [
      ['leave-of-absence', leave],
      ['role-transition', transition],
    ] as const) {
      const { status, body: refusal } = await scene.reportRaw(kind, body)
      expect(status).toBe(409)
      expect(refusal.message).toContain(`Personnel event ${first.number} (leave of absence)`)
    }
    const answers = await Promise.all([1, 2].map(() => scene.reportRaw('offboard', leave)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect((await scene.reportRaw('role-transition', transition)).status).toBe(409)
  })

  it('may be reported when that has ended, and not of somebody who has left', async () => {
    const scene = await sceneOf(server)
    const identity_id = await scene.identity()
    const body = { identity_id, effective_date: today() }
    const first = await scene.report('offboard', body)
    await scene.cancel(first.id)
    const { id } = await scene.report('offboard', body)
    await scene.approve(id)
    await carryOut(id)

    const { status, body: refusal } = await scene.reportRaw('leave-of-absence', body)

    expect(status).toBe(422)
    expect(refusal.errors).toEqual([
      { field: 'identity_id', message: expect.stringContaining('left') },
    ])
  })
})

describe('other tenants', () => {
  it('are 404 in reports, single events and lists alike', async () => {
    const [own, other] = [await sceneOf(server), await sceneOf(server)]
    const identity_id = await other.identity()
    const foreign = await other.report('offboard', { identity_id })
    const mine = await own.report('offboard', { identity_id: await own.identity() })
    const { as } = own.reporter

    expect((await server.call('GET', `/personnel-events/${foreign.id}`, { as })).status).toBe(404)
    const body = { identity_id, effective_date: today() }
    expect((await own.reportRaw('leave-of-absence', body)).status).toBe(404)
    const listed = async (query: string) =>
      (await server.call('GET', `/personnel-events?${query}`, { as })).body.data
    expect(await listed('')).toEqual([mine])
    expect(await listed(`tenant_id=${other.tenant.id}`)).toEqual([])
    expect(await listed(`identity_id=${identity_id}`)).toEqual([])
  })
})

describe('the list', () => {
  it('is found by person, type and status, and sorted by when it was reported or is to be', async () => {
    const scene = await sceneOf(server)
    const ids = [await scene.identity(), await scene.identity()]
    const first = await scene.report('offboard', {
      identity_id: ids[0],
      effective_date: dayFromNow(5),
    })
    const second = await scene.report('leave-of-absence', { identity_id: ids[1] })
    await scene.approve(first.id)
    const listed = async (query: string) => {
      const { body } = await server.call('GET', `/personnel-events?${query}`, {
        as: scene.reporter.as,
      })
      return body.data.map(({ id }: { id: string }) => id)
    }

    expect(await listed('')).toEqual([second.id, first.id])
    expect(await listed('sort=created_at')).toEqual([first.id, second.id])
    expect(await listed('sort=effective_date')).toEqual([second.id, first.id])
    expect(await listed(`identity_id=${ids[0]}`)).toEqual([first.id])
    expect(await listed('type=leave_of_absence')).toEqual([second.id])
    expect(await listed('status=scheduled')).toEqual([first.id])
    expect(await listed(`tenant_id=${scene.tenant.id}&page=2&limit=1`)).toEqual([first.id])
  })
})
