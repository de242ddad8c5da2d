import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { refreshWith, signIn, statusOf } from '../sign-in/people.ts'
import { refused, unknownId } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const administratorOf = (...tenants: string[]) =>
  server.given.person({
    tenants,
    grants: tenants.map((tenant_id) => ({ permissions: ['users.update'], tenant_id })),
  })
const idsOf = (body: { data: { id: string }[] }) => body.data.map(({ id }) => id).sort()

describe('GET /users/{id}/sessions', () => {
  it('lists what is in force, and marks the session of the call alone', async () => {
    const { given, call, database } = server
    const tenant = await given.tenant()
    const { as } = await administratorOf(tenant.id)
    const user = await given.person({ tenants: [tenant.id] })
    const [second, over] = [await given.session(user.id), await given.session(user.id)]
    await database.sql('UPDATE sessions SET idle_expires_at = now() WHERE id = $1', [
      over.session_id,
    ])

    const { status, body } = await call('GET', `/users/${user.id}/sessions`, { as })

    expect(status).toBe(200)
    expect(idsOf(body)).toEqual([user.session_id, second.session_id].sort())
    expect(body.data.map((one: { is_current: boolean }) => one.is_current)).toEqual([false, false])
    const own = await call('GET', `/users/${user.id}/sessions`, { as: (await given.admin()).as })
    expect(own.body.total).toBe(2)
  })

  it('marks the administrator’s own', async () => {
    const admin = await server.given.admin()
    const { body } = await server.call('GET', `/users/${admin.id}/sessions`, { as: admin.as })
    expect(body.data).toMatchObject([{ id: admin.session_id, is_current: true }])
  })
})

describe('DELETE /users/{id}/sessions/{session_id}', () => {
  it('ends that session at once, also for its refresh cookie, and no other', async () => {
    const { given, call } = server
    const person = await signIn(server)
    const other = await given.session(person.id)
    const { as } = await given.admin()
    expect(await statusOf(server, person.as)).toBe(200)

    const path = `/users/${person.id}/sessions/${person.session_id}`
    expect((await call('DELETE', path, { as })).status).toBe(204)

    expect(await statusOf(server, person.as)).toBe(401)
    expect((await refreshWith(server, person.cookie)).status).toBe(401)
    expect(await statusOf(server, other.as)).toBe(200)
    expect((await refused(server, 'DELETE', path, { as })).status).toBe(404)
  })

  it('finds no session of somebody else', async () => {
    const { given } = server
    const { as } = await given.admin()
    const [one, other] = [await given.person(), await given.person()]
    const path = `/users/${one.id}/sessions/${other.session_id}`
    expect((await refused(server, 'DELETE', path, { as })).status).toBe(404)
    expect(await statusOf(server, other.as)).toBe(200)
  })
})

describe('DELETE /users/{id}/sessions', () => {
  it('ends all sessions and no token, and the person may sign in again', async () => {
    const { given, call } = server
    const person = await signIn(server)
    const [second, token] = [await given.session(person.id), await given.token(person.id)]
    const { as } = await given.admin()

    const { status, body } = await call('DELETE', `/users/${person.id}/sessions`, { as })

    expect({ status, body }).toEqual({ status: 200, body: { sessions_ended: 2 } })
    for (const ended of [person.as, second.as]) expect(await statusOf(server, ended)).toBe(401)
    expect(await statusOf(server, token.as)).toBe(200)
    expect(await statusOf(server, as)).toBe(200)
  })

  it('leaves no event where there was nothing to end', async () => {
    const { given, call, traces } = server
    const { as } = await given.admin()
    const account = await given.serviceAccount([])
    const before = await traces()
    const { body } = await call('DELETE', `/users/${account}/sessions`, { as })
    expect(body).toEqual({ sessions_ended: 0 })
    expect(await traces()).toEqual(before)
  })
})

describe('The sessions of a user', () => {
  const calls = (id: string, session_id: string) =>
    [
      ['GET', `/users/${id}/sessions`],
      ['DELETE', `/users/${id}/sessions/${session_id}`],
      ['DELETE', `/users/${id}/sessions`],
    ] as const

  it('are the business of who may change the whole account: in each of its tenants', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const { as } = await administratorOf(a.id)
    const user = await given.person({ tenants: [a.id, b.id] })
    for (const [method, path] of calls(user.id, user.session_id)) {
      const { status, body } = await refused(server, method, path, { as })
      expect([status, body.error]).toEqual([403, 'forbidden'])
    }
    expect(await statusOf(server, user.as)).toBe(200)
  })

  it('are out of reach for a tenant’s administrator where the user holds the platform', async () => {
    const { given } = server
    const tenant = await given.tenant()
    const { as } = await administratorOf(tenant.id)
    const user = await given.person({
      tenants: [tenant.id],
      grants: [{ permissions: ['roles.write'] }],
    })
    for (const [method, path] of calls(user.id, user.session_id)) {
      expect((await refused(server, method, path, { as })).status).toBe(403)
    }
  })

  it('don’t exist for who may not know of the user', async () => {
    const { given } = server
    const [a, b] = [await given.tenant(), await given.tenant()]
    const { as } = await administratorOf(a.id)
    const user = await given.person({ tenants: [b.id] })
    for (const id of [user.id, unknownId]) {
      for (const [method, path] of calls(id, user.session_id)) {
        expect((await refused(server, method, path, { as })).status).toBe(404)
      }
    }
  })
})

describe('DELETE /me/sessions', () => {
  it('ends all but the session of the call', async () => {
    const { given, call } = server
    const person = await signIn(server)
    const others = [await given.session(person.id), await given.session(person.id)]
    const stranger = await given.person()

    const { status, body } = await call('DELETE', '/me/sessions', { as: person.as })

    expect({ status, body }).toEqual({ status: 200, body: { sessions_ended: 2 } })
    for (const other of others) expect(await statusOf(server, other.as)).toBe(401)
    for (const alive of [person.as, stranger.as]) expect(await statusOf(server, alive)).toBe(200)
    expect((await refreshWith(server, person.cookie)).status).toBe(200)
  })
})
