import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProcesses } from '../tokens/processes.ts'

let world: Awaited<ReturnType<typeof startProcesses>>
let admin: string
beforeAll(async () => {
  world = await startProcesses(2)
  admin = (await world.given.admin()).as
})
afterAll(() => world.close())

const callAt = (at: number) => world.processes[at % 2]!.call
const removeAt = (at: number, id: string) => callAt(at)('DELETE', `/roles/${id}`, { as: admin })

/** What there is of a role, and the events that it has left. */
async function left(role: string) {
  const [row] = await world.database.sql<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM roles WHERE id::text = $1) AS roles,
       (SELECT count(*)::int FROM grants WHERE role_id::text = $1) AS grants,
       (SELECT count(*)::int FROM audit_events WHERE target_id = $1) AS deletions,
       (SELECT count(*)::int FROM audit_events WHERE after ->> 'role_id' = $1) AS givings`,
    [role],
  )
  return row
}

/** Deletes a role while it is given to two people; who is sent first changes from round to round. */
async function cross(role_id: string, round: number) {
  const users = [await world.given.person(), await world.given.person()]
  const body = { role_id, tenant_id: null }
  const remove = () => removeAt(round, role_id)
  const grant = () =>
    users.map(({ id }, at) =>
      callAt(round + at)('POST', `/users/${id}/grants`, { as: admin, body }),
    )
  const first = round % 2 === 0 ? remove() : null
  const granting = grant()
  const [removed, ...granted] = await Promise.all([first ?? remove(), ...granting])
  return { removed, granted }
}

describe('DELETE /roles/{id}, over two processes', () => {
  it('never leaves a grant of a role that is gone, nor fails, when grants cross it', async () => {
    const wins = { removal: 0, grant: 0 }
    for (let round = 0; round < 40; round += 1) {
      const role = await world.given.role(['users.read'])

      const { removed, granted } = await cross(role, round)

      const won = granted.filter(({ status }) => status === 201).length
      const isGone = won === 0
      expect(removed.status).toBe(isGone ? 204 : 409)
      const refusals = granted.filter(({ status }) => status !== 201)
      // Those who came too late are told that there is no such role.
      const told = refusals.map(({ status, body }) => [status, body.errors?.[0]?.field])
      expect(told).toEqual(refusals.map(() => [422, 'role_id']))
      expect(await left(role)).toEqual({
        roles: isGone ? 0 : 1,
        grants: won,
        deletions: isGone ? 1 : 0,
        givings: won,
      })
      wins[isGone ? 'removal' : 'grant'] += 1
    }
    expect(wins.removal).toBeGreaterThan(0)
    expect(wins.grant).toBeGreaterThan(0)
  }, 60_000)

  it('deletes once when many delete at the same moment', async () => {
    const role = await world.given.role(['users.read'])
    const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => removeAt(at, role)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(9).fill(404)])
    expect(await left(role)).toMatchObject({ roles: 0, deletions: 1 })
  })

  it('never fails when an edit crosses it', async () => {
    for (let round = 0; round < 20; round += 1) {
      const role = await world.given.role(['users.read'])
      const body = { version: 1, description: 'Too late?' }
      const [removed, edited] = await Promise.all([
        removeAt(round, role),
        callAt(round + 1)('PATCH', `/roles/${role}`, { as: admin, body }),
      ])
      expect(removed.status).toBe(204)
      expect([200, 404]).toContain(edited.status)
    }
  })
})
