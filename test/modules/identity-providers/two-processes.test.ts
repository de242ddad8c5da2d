import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessTokens } from '../../../src/access/access-token.ts'
import { systemClock } from '../../../src/clock.ts'
import { cloneDatabase, type TestDatabase } from '../../support/database.ts'
import { type Given, givenOf } from '../../support/given.ts'
import { type ServerProcess, startProcess } from '../../support/process.ts'

let database: TestDatabase
let processes: ServerProcess[]
let given: Given
beforeAll(async () => {
  database = await cloneDatabase()
  const environment = { DATABASE_URL: database.url, WORKER: 'off' }
  const [one, two] = await Promise.all([startProcess(environment), startProcess(environment)])
  processes = [one, two]
  const [row] = await database.sql<{ secret: Buffer }>('SELECT secret FROM signing_keys')
  given = givenOf(database, one.call, accessTokens(row?.secret ?? randomBytes(32), '', systemClock))
}, 120_000)
afterAll(async () => {
  await Promise.all(processes.map((process) => process.stop()))
  await database.drop()
})

const statuses = (as: string) =>
  Promise.all(processes.map(async ({ call }) => (await call('GET', '/me', { as })).status))

describe('On two processes, on the very next request', () => {
  it.each([
    ['PATCH', { is_enabled: false }],
    ['DELETE', undefined],
  ])(
    'a provider that is disabled or deleted on one ends its sessions on both: %s',
    async (method, body) => {
      const admin = await given.admin()
      for (let round = 0; round < 5; round += 1) {
        const provider = await given.identityProvider()
        const people = await Promise.all(Array.from({ length: 4 }, () => given.person()))
        for (const person of people) {
          await given.externalIdentity(person.id, provider)
          await given.cameFrom(person.session_id, provider)
          // Both know these sessions by now, and keep what they may do.
          expect(await statuses(person.as)).toEqual([200, 200])
        }
        const token = await given.token(people[0]?.id ?? '')
        const { call } = processes[round % 2] as ServerProcess
        const path = `/identity-providers/${provider.id}`
        expect((await call(method, path, { as: admin.as, body })).status).toBeLessThan(300)

        const after = await Promise.all(people.map(({ as }) => statuses(as)))
        expect(after).toEqual(people.map(() => [401, 401]))
        expect(await statuses(token.as)).toEqual([200, 200])
      }
    },
  )
})
