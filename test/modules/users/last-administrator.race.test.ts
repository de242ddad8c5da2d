import { afterAll, beforeAll, expect, it } from 'vitest'
import { accessTokens } from '../../../src/access/access-token.ts'
import { systemClock } from '../../../src/clock.ts'
import { cloneDatabase, type TestDatabase } from '../../support/database.ts'
import { type Given, givenOf, type Person } from '../../support/given.ts'
import { type ServerProcess, startProcess } from '../../support/process.ts'

let database: TestDatabase
let servers: [ServerProcess, ServerProcess]
let given: Given

beforeAll(async () => {
  database = await cloneDatabase()
  const start = () => startProcess({ DATABASE_URL: database.url })
  servers = await Promise.all([start(), start()])
  const [{ secret }] = (await database.sql('SELECT secret FROM signing_keys')) as [
    { secret: Buffer },
  ]
  given = givenOf(database, servers[0].call, accessTokens(secret, '', systemClock))
})
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()))
  await database.drop()
})

type End = (server: ServerProcess, by: Person, of: Person) => Promise<number>

const deactivate: End = async (server, by, of) =>
  (await server.call('POST', `/users/${of.id}/deactivate`, { as: by.as })).status

const takeRole: End = async (server, by, of) => {
  const [grant] = await database.sql<{ id: string }>('SELECT id FROM grants WHERE user_id = $1', [
    of.id,
  ])
  const path = `/users/${of.id}/grants/${grant?.id}`
  return (await server.call('DELETE', path, { as: by.as })).status
}

const takeReach: End = async (server, by, of) =>
  (await server.call('DELETE', `/users/${of.id}/tenants/any`, { as: by.as })).status

/** The people who could still put everything right. */
async function administrators(): Promise<number> {
  const [row] = await database.sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM users u
     WHERE u.status = 'active' AND NOT u.is_service_account
       AND EXISTS (SELECT 1 FROM tenant_scopes s WHERE s.user_id = u.id AND s.word = 'any')
       AND EXISTS (SELECT 1 FROM grants g JOIN roles r ON r.id = g.role_id
         WHERE g.user_id = u.id AND g.tenant_id IS NULL AND r.name = 'admin')`,
  )
  return row?.count ?? 0
}

const rounds = 30
const allowed = [200, 204, 401, 403, 404, 409]

it.each<[string, End, End]>([
  ['deactivate each other', deactivate, deactivate],
  ['take the role from each other', takeRole, takeRole],
  ['take each other’s reach', takeReach, takeReach],
  ['one deactivating, one taking the role', deactivate, takeRole],
  ['one deactivating, one taking the reach', deactivate, takeReach],
  ['one taking the role, one taking the reach', takeRole, takeReach],
])(
  'one administrator always remains when the last two end each other on two servers: %s',
  async (_, first, second) => {
    for (let round = 0; round < rounds; round++) {
      await database.sql(`UPDATE users SET status = 'deactivated' WHERE NOT is_service_account`)
      const [one, other] = [await given.admin(), await given.admin()]
      const statuses = await Promise.all([
        first(servers[0], one, other),
        second(servers[1], other, one),
      ])
      expect({ round, remain: await administrators() }).not.toEqual({ round, remain: 0 })
      for (const status of statuses) expect(allowed).toContain(status)
    }
  },
  60_000,
)
