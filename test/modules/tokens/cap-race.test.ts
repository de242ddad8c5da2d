import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../support/given.ts'
import { startProcesses } from './processes.ts'

let world: Awaited<ReturnType<typeof startProcesses>>
beforeAll(async () => {
  world = await startProcesses(2)
})
afterAll(() => world.close())

const parallel = 50
const grants = [{ permissions: ['roles.read'] }]

const callAt = (at: number) => world.processes[at % world.processes.length]!.call

const create = (person: Person, at: number) =>
  callAt(at)('POST', '/me/tokens', { as: person.as, body: { name: `token ${at}` } })

const createMany = (person: Person) =>
  Promise.all(Array.from({ length: parallel }, (_, at) => create(person, at)))

/** How often each answer was given, as `201` or `409 token_limit_reached`. */
function tally(answers: { status: number; body: { error?: string } }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status, body } of answers) {
    const answer = body.error ? `${status} ${body.error}` : `${status}`
    counts[answer] = (counts[answer] ?? 0) + 1
  }
  return counts
}

async function left(person: Person) {
  const [row] = await world.database.sql<{ live: number; events: number }>(
    `SELECT (SELECT count(*)::int FROM tokens
         WHERE owner_id = $1 AND revoked_at IS NULL AND expires_at > now()) AS live,
       (SELECT count(*)::int FROM audit_events
         WHERE actor_id = $1 AND action = 'token.created') AS events`,
    [person.id],
  )
  return row
}

describe('the cap on live tokens, over two processes', () => {
  it('lets exactly three of fifty parallel creates through, twenty times over', async () => {
    for (let round = 0; round < 20; round += 1) {
      const person = await world.given.person({ grants })

      const answers = await createMany(person)

      expect(tally(answers)).toEqual({ 201: 3, '409 token_limit_reached': parallel - 3 })
      expect(await left(person)).toEqual({ live: 3, events: 3 })
    }
  }, 120_000)

  it('lets exactly ten through where the cap was raised to ten', async () => {
    const person = await world.given.person({ grants, token_limit: 10 })

    const answers = await createMany(person)

    expect(tally(answers)).toEqual({ 201: 10, '409 token_limit_reached': parallel - 10 })
    expect(await left(person)).toEqual({ live: 10, events: 10 })
  })

  it('lets exactly one through of fifty parallel creates of one name', async () => {
    const person = await world.given.person({ grants })

    const answers = await Promise.all(
      Array.from({ length: parallel }, (_, at) =>
        callAt(at)('POST', '/me/tokens', { as: person.as, body: { name: 'CI' } }),
      ),
    )

    expect(tally(answers)).toEqual({ 201: 1, '409 conflict': parallel - 1 })
    expect(await left(person)).toEqual({ live: 1, events: 1 })
  })

  it('is never exceeded while tokens come and go', async () => {
    for (let round = 0; round < 5; round += 1) {
      const person = await world.given.person({ grants })
      const seen: number[] = []
      let isOver = false
      const watch = async () => {
        while (!isOver) seen.push((await left(person))?.live ?? 0)
      }
      const comeAndGo = async (at: number) => {
        const created = await create(person, at)
        if (created.status !== 201) return created.status
        const deleted = await callAt(at + 1)('DELETE', `/me/tokens/${created.body.id}`, {
          as: person.as,
        })
        return deleted.status
      }

      const watching = watch()
      const statuses = await Promise.all(Array.from({ length: parallel }, (_, at) => comeAndGo(at)))
      isOver = true
      await watching

      expect(new Set([...statuses, 204, 409])).toEqual(new Set([204, 409]))
      expect(Math.max(...seen)).toBeLessThanOrEqual(3)
      expect(await left(person)).toMatchObject({ live: 0 })
    }
  }, 60_000)
})
