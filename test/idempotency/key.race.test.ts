import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProcesses } from '../modules/tokens/processes.ts'

let world: Awaited<ReturnType<typeof startProcesses>>
beforeAll(async () => {
  world = await startProcesses(2)
})
afterAll(() => world.close())

const parallel = 20

/** The same request many times at once, on both processes in turn; each comes again when it is told to. */
const race = (as: string, path: string, body: (at: number) => object) => {
  const headers = { 'idempotency-key': randomUUID() }
  const send = async (at: number) => {
    for (;;) {
      const { call } = world.processes[at % 2]!
      const answer = await call('POST', path, { as, body: body(at), headers })
      if (!answer.headers.has('retry-after')) return answer
      await sleep(1000)
    }
  }
  return Promise.all(Array.from({ length: parallel }, (_, at) => send(at)))
}

const replays = (answers: { headers: Headers }[]) =>
  answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true').length

describe('one Idempotency-Key, on two processes at once', () => {
  it('creates one token, shows its secret once and answers all alike', async () => {
    for (let round = 0; round < 10; round += 1) {
      const person = await world.given.person({ grants: [{ permissions: ['roles.read'] }] })

      const answers = await race(person.as, '/me/tokens', () => ({ name: 'CI' }))

      expect(answers.map(({ status }) => status)).toEqual(Array(parallel).fill(201))
      expect(replays(answers)).toBe(parallel - 1)
      expect(answers.filter(({ body }) => body.token).length).toBe(1)
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
      const [row] = await world.database.sql(
        `SELECT (SELECT count(*)::int FROM tokens WHERE owner_id = $1) AS tokens,
           (SELECT count(*)::int FROM audit_events WHERE actor_id = $1) AS events,
           (SELECT count(*)::int FROM idempotency_keys WHERE user_id = $1) AS keys`,
        [person.id],
      )
      expect(row).toEqual({ tokens: 1, events: 1, keys: 1 })
    }
  }, 60_000)

  it('creates one thing where nothing else would make them wait for one another', async () => {
    const person = await world.given.admin()

    const answers = await race(person.as, '/service-accounts', () => ({ name: 'CI', tenants: [] }))

    expect(answers.map(({ status }) => status)).toEqual(Array(parallel).fill(201))
    expect(replays(answers)).toBe(parallel - 1)
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  })

  it('lets one of several bodies through and refuses the others', async () => {
    const person = await world.given.admin()

    const answers = await race(person.as, '/service-accounts', (at) => ({
      name: `account ${Math.floor(at / 2) % 2}`,
      tenants: [],
    }))

    const created = answers.filter(({ status }) => status === 201)
    expect(created.length).toBe(parallel / 2)
    expect(new Set(created.map(({ body }) => body.id)).size).toBe(1)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]))
  })
})
