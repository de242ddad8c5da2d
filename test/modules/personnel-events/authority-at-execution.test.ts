import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HandWorker, handWorker } from '../../support/hand-worker.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { dayFromNow, hris, sceneOf } from './scene.ts'

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

/** An onboarding and a transition for tomorrow, approved, which give what the reporter holds today. */
async function tomorrowScene(as: 'token' | 'session' = 'token') {
  const scene = await sceneOf(server, ['audit.read'])
  const role_id = await server.given.role(['audit.read'])
  const employee = await scene.employee()
  const reporter = as === 'token' ? scene.reporter.as : scene.owner.as
  const effective_date = dayFromNow(1)
  const email = `${crypto.randomUUID()}@example.com`
  const joiner = { first_name: 'Grace', last_name: 'Hopper', email }
  const reported = [
    await scene.report(
      'onboard',
      {
        ...{ tenant_id: scene.tenant.id, effective_date },
        ...{ identity: joiner, user: { role_ids: [role_id] } },
      },
      reporter,
    ),
    await scene.report(
      'role-transition',
      { identity_id: employee.identity_id, effective_date, add_role_ids: [role_id] },
      reporter,
    ),
  ]
  for (const { id } of reported) await scene.approve(id)
  const { as: admin } = await server.given.admin()

  /** The day comes. */
  async function carryOut() {
    const events = []
    for (const { id } of reported) {
      await scene.pass(id, 1)
      await worker.carryOut(id)
      events.push(await scene.see(id, admin))
    }
    return events
  }
  return { ...scene, role_id, employee, joiner, carryOut }
}

type Tomorrow = Awaited<ReturnType<typeof tomorrowScene>>

const given = async ({ joiner, role_id }: Tomorrow) => [
  ...(await server.database.sql('SELECT id FROM users WHERE email = $1', [joiner.email])),
  ...(await server.database.sql('SELECT id FROM identities WHERE email = $1', [joiner.email])),
  ...(await server.database.sql('SELECT id FROM grants WHERE role_id = $1', [role_id])),
]

/** What may happen to a reporter between the report and its day. */
const losses: [string, (scene: Tomorrow) => Promise<unknown>, string][] = [
  [
    'who has lost what is to be given',
    ({ owner, tenant }) =>
      server.database.sql(
        `UPDATE roles SET permissions = array_remove(permissions, 'audit.read') WHERE id IN
           (SELECT role_id FROM grants WHERE user_id = $1 AND tenant_id = $2)`,
        [owner.id, tenant.id],
      ),
    'does not hold audit.read here any more',
  ],
  [
    'who has lost the tenant',
    ({ owner }) => server.database.sql('DELETE FROM tenant_scopes WHERE user_id = $1', [owner.id]),
    'here any more',
  ],
  [
    'who may not report any more',
    ({ owner, tenant }) =>
      server.database.sql(
        `UPDATE roles SET permissions = array_remove(permissions, 'personnel_events.create')
         WHERE id IN (SELECT role_id FROM grants WHERE user_id = $1 AND tenant_id = $2)`,
        [owner.id, tenant.id],
      ),
    'does not hold personnel_events.create here any more',
  ],
  [
    'who is deactivated',
    ({ owner }) =>
      server.database.sql(`UPDATE users SET status = 'deactivated' WHERE id = $1`, [owner.id]),
    'is not in force any more',
  ],
]

describe('what an event gives is given by who reported it, on its day:', () => {
  it.each(['token', 'session'] as const)('it is given while a %s holds it', async (as) => {
    const scene = await tomorrowScene(as)
    const events = await scene.carryOut()
    expect(events.map(({ status }) => status)).toEqual(['completed', 'completed'])
    expect(await given(scene)).toHaveLength(4)
  })

  const both = losses.flatMap(([what, lose, failure]) =>
    (['token', 'session'] as const).map((as) => ({ as, what, lose, failure })),
  )
  it.each(both)('nothing is given by a $as of a person $what', async ({ as, lose, failure }) => {
    const scene = await tomorrowScene(as)
    await lose(scene)

    const events = await scene.carryOut()

    for (const event of events) {
      expect(event.status).toBe('failed')
      expect(event.failure).toContain(failure)
      expect(event.stages.map(({ status }: { status: string }) => status)).toEqual([
        'done',
        'failed',
        'canceled',
      ])
    }
    expect(await given(scene)).toEqual([])
  })

  it.each([
    [
      'deleted',
      ({ owner, reporter }: Tomorrow) =>
        server.call('DELETE', `/me/tokens/${reporter.id}`, { as: owner.as }),
      'is not in force any more',
    ],
    [
      'blocked in the tenant',
      async ({ tenant, reporter }: Tomorrow) => {
        const { as } = await server.given.admin()
        const path = `/tenants/${tenant.id}/tokens/${reporter.id}/block`
        await server.call('PUT', path, { as, body: { reason: 'stolen' } })
      },
      'here any more',
    ],
  ])('nothing is given by a token that has been %s', async (_, end, failure) => {
    const scene = await tomorrowScene()
    await end(scene)

    const events = await scene.carryOut()

    for (const event of events) {
      expect(event.status).toBe('failed')
      expect(event.failure).toContain(failure)
    }
    expect(await given(scene)).toEqual([])
  })

  it('a token that never stored it gives nothing of what its owner holds', async () => {
    const scene = await sceneOf(server, ['audit.read'])
    const role_id = await server.given.role(['audit.read'])
    const { identity_id } = await scene.employee()
    const { as } = await server.given.token(scene.owner.id, {
      permissions: hris,
      tenants: [scene.tenant.id],
    })
    const before = await server.traces()

    const body = { identity_id, effective_date: dayFromNow(1), add_role_ids: [role_id] }
    const { status, body: refusal } = await scene.reportRaw('role-transition', body, as)

    expect(status).toBe(403)
    expect(refusal.details).toMatchObject({ permission: 'audit.read', leg: 'token_permission' })
    expect(await server.traces()).toEqual(before)
  })

  it('a suspension of the tenant is no reason to lose it, as with every gift', async () => {
    const scene = await tomorrowScene()
    const suspend = 'UPDATE tenants SET status = $2::tenant_status WHERE id = $1'
    await server.database.sql(suspend, [scene.tenant.id, 'suspended'])
    await scene.carryOut()
    expect(await given(scene)).toHaveLength(4)
    await server.database.sql(suspend, [scene.tenant.id, 'active'])
    expect((await server.call('GET', `/audit-events`, { as: scene.employee.as })).status).toBe(200)
  })

  it('a session may have ended: what counts is what the person holds', async () => {
    const scene = await tomorrowScene('session')
    await server.call('POST', '/auth/logout', { as: scene.owner.as })
    const events = await scene.carryOut()
    expect(events.map(({ status }) => status)).toEqual(['completed', 'completed'])
  })

  it('a role that has become wider is not given by who holds the narrower one', async () => {
    const scene = await tomorrowScene()
    await server.database.sql(
      `UPDATE roles SET permissions = '{audit.read,users.grants}' WHERE id = $1`,
      [scene.role_id],
    )
    const events = await scene.carryOut()
    expect(events.map(({ status }) => status)).toEqual(['failed', 'failed'])
    expect(await given(scene)).toEqual([])
  })
})
