import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../support/given.ts'
import { startProcesses } from '../tokens/processes.ts'

let world: Awaited<ReturnType<typeof startProcesses>>
let admin: { as: string }
beforeAll(async () => {
  world = await startProcesses(2)
  admin = await world.given.admin()
})
afterAll(() => world.close())

const callAt = (at: number) => world.processes[at % 2]!.call

const asker = (token_limit = 3) =>
  world.given.person({ grants: [{ permissions: ['roles.read'] }], token_limit })
const ask = (at: number, { as }: Person) => {
  const body = { requested_limit: 5, reason: `From process ${at % 2}` }
  return callAt(at)('POST', '/me/token-limit-requests', { as, body })
}
const approve = (at: number, id: string, body: object = {}) =>
  callAt(at)('POST', `/token-limit-requests/${id}/approve`, { ...admin, body })
const deny = (at: number, id: string) =>
  callAt(at)('POST', `/token-limit-requests/${id}/deny`, { ...admin, body: { reason: 'No' } })
const create = (at: number, { as }: Person) =>
  callAt(at)('POST', '/me/tokens', { as, body: { name: `token ${at}` } })

const statusesOf = (answers: { status: number }[]) => answers.map(({ status }) => status).sort()

async function left({ id }: Person) {
  const { sql } = world.database
  const requests = await sql<{ status: string; granted_limit: number | null }>(
    'SELECT status, granted_limit FROM token_limit_requests WHERE user_id = $1',
    [id],
  )
  const events = await sql<{ action: string }>(
    `SELECT action FROM audit_events WHERE target_id = $1 AND action LIKE 'token_limit.%'`,
    [id],
  )
  const [row] = await sql<{ token_limit: number; live: number }>(
    `SELECT token_limit, (SELECT count(*)::int FROM tokens
       WHERE owner_id = u.id AND revoked_at IS NULL) AS live FROM users u WHERE id = $1`,
    [id],
  )
  return { requests, actions: events.map(({ action }) => action), ...row }
}

describe('a request for more tokens, on two processes', () => {
  it('is made once when one person asks twice at a time', async () => {
    for (let round = 0; round < 15; round += 1) {
      const user = await asker()

      const answers = await Promise.all([ask(0, user), ask(1, user)])

      expect(statusesOf(answers)).toEqual([201, 409])
      expect(await left(user)).toMatchObject({
        requests: [{ status: 'pending' }],
        actions: ['token_limit.requested'],
      })
    }
  })

  it('is decided once when it is approved and denied at a time, and the audit log agrees', async () => {
    for (let round = 0; round < 15; round += 1) {
      const user = await asker()
      const id = await world.given.limitRequest(user.id, 5)

      const [approved, denied] = await Promise.all([approve(round, id), deny(round + 1, id)])

      expect(statusesOf([approved, denied])).toEqual([200, 409])
      const isApproved = approved.status === 200
      const status = isApproved ? 'approved' : 'denied'
      expect(await left(user)).toMatchObject({
        requests: [{ status, granted_limit: isApproved ? 5 : null }],
        actions: [`token_limit.${status}`],
        token_limit: isApproved ? 5 : 3,
      })
    }
  })

  it('gives one limit when two approve it with different ones', async () => {
    for (let round = 0; round < 10; round += 1) {
      const user = await asker()
      const id = await world.given.limitRequest(user.id, 5)

      const limits = [6, 8]
      const answers = await Promise.all(
        limits.map((granted_limit, at) => approve(at, id, { granted_limit })),
      )

      expect(statusesOf(answers)).toEqual([200, 409])
      const granted = limits[answers.findIndex(({ status }) => status === 200)]
      expect(await left(user)).toMatchObject({
        requests: [{ granted_limit: granted }],
        actions: ['token_limit.approved'],
        token_limit: granted,
      })
    }
  })
})

describe('the cap while the limit changes, on two processes', () => {
  it.each([
    ['raised', 3, 5],
    ['lowered', 6, 4],
  ])(
    'is never exceeded while it is %s from %d to %d',
    async (_, from, to) => {
      for (let round = 0; round < 8; round += 1) {
        const user = await asker(from)
        const id = await world.given.limitRequest(user.id, 10)
        for (let at = 0; at < 3; at += 1) await world.given.token(user.id)

        const creating = Array.from({ length: 8 }, (_, at) => create(at, user))
        const approved = await approve(round, id, { granted_limit: to })
        const during = await Promise.all(creating)
        const between = (await left(user)).live ?? 0
        const after = await Promise.all(Array.from({ length: 8 }, (_, at) => create(at + 8, user)))

        expect(approved.status).toBe(200)
        const made = (answers: { status: number }[]) =>
          answers.filter(({ status }) => status === 201).length
        expect(new Set([...statusesOf([...during, ...after]), 201, 409])).toEqual(
          new Set([201, 409]),
        )
        expect(between).toBe(3 + made(during))
        expect(between).toBeLessThanOrEqual(Math.max(from, to))
        // What was made before the change stays; what comes after it keeps to the new limit.
        expect(made(after)).toBe(Math.max(0, to - between))
        expect((await left(user)).live).toBe(Math.max(between, to))
      }
    },
    60_000,
  )
})
