import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProcesses } from './processes.ts'

let world: Awaited<ReturnType<typeof startProcesses>>
let admin: { as: string }
beforeAll(async () => {
  world = await startProcesses(2)
  admin = await world.given.admin()
})
afterAll(() => world.close())

const callAt = (at: number) => world.processes[at % 2]!.call

/** A tenant, and someone in it with a token that reads there. */
async function scene() {
  const { given } = world
  const tenant = (await given.tenant()).id
  const grants = [{ permissions: ['tenants.read'] }]
  const owner = await given.person({ tenants: [tenant], grants })
  const token = await given.token(owner.id, { tenants: [tenant] })
  return { tenant, owner, token, path: `/tenants/${tenant}/tokens/${token.id}/block` }
}
type Scene = Awaited<ReturnType<typeof scene>>

const block = (at: number, { path }: Scene, reason = 'Exports at night') =>
  callAt(at)('PUT', path, { as: admin.as, body: { reason } })
const unblock = (at: number, { path }: Scene) => callAt(at)('DELETE', path, admin)
const use = async (at: number, { tenant, token }: Scene) =>
  (await callAt(at)('GET', `/tenants/${tenant}`, { as: token.as })).status

async function left({ token }: Scene) {
  const { database } = world
  const blocks = await database.sql<{ reason: string }>(
    'SELECT reason FROM tenant_blocks WHERE token_id = $1',
    [token.id],
  )
  const events = await database.sql<{ action: string; was: string | null; is: string | null }>(
    `SELECT action, before->>'reason' AS was, after->>'reason' AS is
     FROM audit_events WHERE target_id = $1 ORDER BY id`,
    [token.id],
  )
  return { blocks, events }
}

/** Uses the token on both processes, over and over, and remembers when each use began and ended, and how. */
function useOverAndOver(one: Scene) {
  const uses: { began: number; ended: number; status: number }[] = []
  let isOver = false
  const loop = async (at: number) => {
    while (!isOver) {
      const began = performance.now()
      const status = await use(at, one)
      uses.push({ began, ended: performance.now(), status })
    }
  }
  const loops = Promise.all([loop(0), loop(1)])
  return async () => {
    isOver = true
    await loops
    return uses
  }
}

describe('a block, on two processes', () => {
  it('lets no request in that begins after its answer, nor refuses one after it is lifted', async () => {
    const statuses = { blocked: new Set<number>(), lifted: new Set<number>() }
    for (let round = 0; round < 10; round += 1) {
      const one = await scene()
      const stop = useOverAndOver(one)
      expect((await block(round, one)).status).toBe(200)
      const blocked = performance.now()
      expect([await use(0, one), await use(1, one)]).toEqual([403, 403])
      const lifting = performance.now()
      expect((await unblock(round + 1, one)).status).toBe(204)
      const lifted = performance.now()
      expect([await use(0, one), await use(1, one)]).toEqual([200, 200])

      for (const { began, ended, status } of await stop()) {
        if (began > blocked && ended < lifting) statuses.blocked.add(status)
        if (began > lifted) statuses.lifted.add(status)
      }
    }
    expect(statuses).toEqual({ blocked: new Set([403]), lifted: new Set([200]) })
  }, 60_000)

  it('is made or not made when the owner leaves the tenant meanwhile, and never half', async () => {
    for (let round = 0; round < 15; round += 1) {
      const one = await scene()
      const [made, gone] = await Promise.all([
        block(round, one),
        callAt(round + 1)('DELETE', `/users/${one.owner.id}/tenants/${one.tenant}`, admin),
      ])

      expect(gone.status).toBe(204)
      expect([200, 404]).toContain(made.status)
      const { blocks, events } = await left(one)
      expect(blocks).toHaveLength(made.status === 200 ? 1 : 0)
      expect(events).toHaveLength(blocks.length)
      expect(await use(round, one)).not.toBe(200)
    }
  }, 60_000)

  it('has one reason when two give one each, and the audit log tells which came first', async () => {
    for (let round = 0; round < 10; round += 1) {
      const one = await scene()
      const reasons = ['Exports at night', 'Exports by day']
      const answers = await Promise.all(reasons.map((reason, at) => block(at, one, reason)))

      expect(answers.map(({ status }) => status)).toEqual([200, 200])
      const { blocks, events } = await left(one)
      const first = events.find(({ was }) => was === null)
      const second = events.find(({ was }) => was !== null)
      expect(events).toHaveLength(2)
      expect(second?.was).toBe(first?.is)
      expect(blocks).toEqual([{ reason: second?.is }])
    }
  }, 60_000)

  it('is lifted once when two lift it', async () => {
    for (let round = 0; round < 10; round += 1) {
      const one = await scene()
      await block(round, one)

      const answers = await Promise.all([unblock(0, one), unblock(1, one)])

      expect(answers.map(({ status }) => status).sort()).toEqual([204, 404])
      const { blocks, events } = await left(one)
      expect(blocks).toEqual([])
      expect(events.map(({ action }) => action).sort()).toEqual([
        'token.blocked',
        'token.unblocked',
      ])
    }
  }, 60_000)
})

describe('the end of a token, on two processes', () => {
  it('is in force on the other one when the call returns: a person’s token', async () => {
    for (let round = 0; round < 10; round += 1) {
      const one = await scene()
      expect(await use(round + 1, one)).toBe(200)
      const path = `/users/${one.owner.id}/tokens/${one.token.id}`
      expect((await callAt(round)('DELETE', path, admin)).status).toBe(204)
      expect([await use(round + 1, one), await use(round, one)]).toEqual([401, 401])
    }
  })

  it('is in force on the other one when the call returns: a system token', async () => {
    for (let round = 0; round < 10; round += 1) {
      const one = { ...(await scene()), token: await world.given.systemToken() }
      expect(await use(round + 1, one)).toBe(200)
      const path = `/system/tokens/${one.token.id}`
      expect((await callAt(round)('DELETE', path, admin)).status).toBe(204)
      expect([await use(round + 1, one), await use(round, one)]).toEqual([401, 401])
    }
  })

  it('comes once when its owner and an administrator end it together', async () => {
    for (let round = 0; round < 10; round += 1) {
      const one = await scene()
      const answers = await Promise.all([
        callAt(round)('DELETE', `/users/${one.owner.id}/tokens/${one.token.id}`, admin),
        callAt(round + 1)('DELETE', `/me/tokens/${one.token.id}`, one.owner),
      ])

      expect(answers.map(({ status }) => status).sort()).toEqual([204, 404])
      const { events } = await left(one)
      expect(events.map(({ action }) => action)).toEqual(['token.revoked'])
    }
  })
})
