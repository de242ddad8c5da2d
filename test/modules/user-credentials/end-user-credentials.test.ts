import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { cookieOf, newUser, password, refreshWith } from '../sign-in/people.ts'
import { startProcesses } from '../tokens/processes.ts'
import { instant, refused } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const end = (id: string, as: string) => server.call('POST', `/users/${id}/end-credentials`, { as })
const login = async (email: string) =>
  server.call('POST', '/auth/login', { body: { email, password } })
const statusOf = async (as: string) => (await server.call('GET', '/me', { as })).status

describe('POST /users/{id}/end-credentials', () => {
  it('ends sessions, refresh cookies and tokens at once and for good, and says how many', async () => {
    const { given, call } = server
    const admin = await given.admin()
    const user = await newUser(server)
    const signedIn = await login(user.email)
    const cookie = cookieOf(signedIn.headers)
    const [token, gone] = [
      await given.token(user.id, { name: 'one' }),
      await given.token(user.id, { revoked: true }),
    ]
    const stranger = await given.person()
    expect(await statusOf(token.as)).toBe(200)

    const { status, body } = await end(user.id, admin.as)

    expect({ status, body }).toEqual({
      status: 200,
      body: {
        credentials_valid_from: instant,
        sessions_ended: 1,
        tokens_revoked: 1,
        invitations_ended: 0,
      },
    })
    for (const as of [signedIn.body.access_token, token.as, gone.as]) {
      expect(await statusOf(as)).toBe(401)
    }
    expect((await refreshWith(server, cookie)).status).toBe(401)
    for (const as of [stranger.as, admin.as]) expect(await statusOf(as)).toBe(200)
    // What is made from now on counts, and the ended token takes no place among the three.
    const again = (await login(user.email)).body.access_token
    expect(await statusOf(again)).toBe(200)
    expect((await call('GET', '/me/tokens', { as: again })).body.total).toBe(0)
  })

  it('ends a link by which an invited person could have come in', async () => {
    const { given, call } = server
    const { as } = await given.admin()
    const email = 'invited@example.com'
    const invited = await call('POST', '/users', { as, body: { email, name: 'New', tenants: [] } })
    expect((await end(invited.body.id, as)).body.invitations_ended).toBe(1)
    const token = invited.body.invitation_url.split('token=')[1]
    const answer = await refused(server, 'POST', '/auth/accept-invitation', {
      body: { token, password },
    })
    expect(answer.status).toBe(400)
  })

  it('is refused to who has no say over the whole account, and ends nothing', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const grants = [{ permissions: ['users.deactivate'], tenant_id: a.id }]
    const { as } = await given.person({ tenants: [a.id], grants })
    const user = await given.person({ tenants: [a.id, b.id] })
    const path = `/users/${user.id}/end-credentials`
    expect((await refused(server, 'POST', path, { as })).status).toBe(403)
    expect(await statusOf(user.as)).toBe(200)
  })
})

describe('What was made before the moment from which credentials count', () => {
  const moments: [string, string][] = [
    ['users', 'WHERE id = $1'],
    ['settings', 'WHERE $1::uuid IS NOT NULL'],
  ]

  it.each(moments)('is refused, though its row says nothing of it: by %s', async (table, where) => {
    const { given, database } = server
    const person = await given.person()
    const token = await given.token(person.id)
    const later = async (change: string) =>
      database.sql(`UPDATE ${table} SET credentials_valid_from = ${change} ${where}`, [person.id])
    expect([await statusOf(person.as), await statusOf(token.as)]).toEqual([200, 200])

    await later('now()')

    expect([await statusOf(person.as), await statusOf(token.as)]).toEqual([401, 401])
    const after = await given.session(person.id)
    expect(await statusOf(after.as)).toBe(200)
    // At the very moment is not after it.
    await later(`(SELECT created_at FROM sessions WHERE id = '${after.session_id}')`)
    expect(await statusOf(after.as)).toBe(401)
    await later('NULL')
    expect([await statusOf(person.as), await statusOf(token.as)]).toEqual([200, 200])
  })

  it.each(moments)('is no refresh cookie either: by %s', async (table, where) => {
    const { database } = server
    const { id, email } = await newUser(server)
    const cookie = cookieOf((await login(email)).headers)
    await database.sql(`UPDATE ${table} SET credentials_valid_from = now() ${where}`, [id])
    expect((await refreshWith(server, cookie)).status).toBe(401)
    await database.sql(`UPDATE ${table} SET credentials_valid_from = NULL ${where}`, [id])
  })
})

describe('Every credential of a person', () => {
  it('is dead on all processes on the very next request', async () => {
    const world = await startProcesses(2)
    try {
      const [first, second] = world.processes.map(({ call }) => call)
      const admin = await world.given.admin()
      for (let round = 0; round < 5; round += 1) {
        const person = await world.given.person()
        const credentials = [person.as, (await world.given.token(person.id)).as]
        const statuses = async () =>
          Promise.all(
            credentials.flatMap((as) =>
              [first, second].map(async (call) => (await call!('GET', '/me', { as })).status),
            ),
          )
        expect(await statuses()).toEqual([200, 200, 200, 200])
        await first!('POST', `/users/${person.id}/end-credentials`, { as: admin.as })
        expect(await statuses()).toEqual([401, 401, 401, 401])
      }
    } finally {
      await world.close()
    }
  }, 60_000)
})
