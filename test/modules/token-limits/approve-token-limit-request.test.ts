import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../support/given.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, idsOfNothing, instant, refused } from '../users/expected.ts'

let server: TestServer
let admin: Person
beforeAll(async () => {
  server = await startServer()
  admin = await server.given.admin()
})
afterAll(() => server.close())

const pathOf = (id: string) => `/token-limit-requests/${id}/approve`
const approve = (id: string, body?: object) => server.call('POST', pathOf(id), { ...admin, body })

const grants = [{ permissions: ['roles.read'] }]
const asked = async (token_limit = 3) => {
  const user = await server.given.person({ grants, token_limit })
  return { user, id: await server.given.limitRequest(user.id, 5) }
}

const create = (user: Person, name: string) =>
  server.call('POST', '/me/tokens', { as: user.as, body: { name } })
const limitOf = async ({ as }: { as: string }) =>
  (await server.call('GET', '/me', { as })).body.token_limit

async function hasLive({ id }: { id: string }, count: number) {
  for (let at = 0; at < count; at += 1) await server.given.token(id)
}

describe('POST /token-limit-requests/{id}/approve 200', () => {
  it('is the end of the way from the third token to the fourth', async () => {
    const { given, call } = server
    const user = await given.person({ grants })
    for (const name of ['one', 'two', 'three']) expect((await create(user, name)).status).toBe(201)
    const stopped = await create(user, 'four')
    expect(stopped.status).toBe(409)
    expect(stopped.body.error).toBe('token_limit_reached')
    const [, method = '', path = ''] = /(POST) \/api\/v1(\S+)/.exec(stopped.body.message) ?? []
    const body = { requested_limit: 4, reason: 'A fourth region' }

    const request = await call(method, path, { as: user.as, body })
    expect(request.status).toBe(201)
    expect((await create(user, 'four')).status).toBe(409)
    expect((await approve(request.body.id)).status).toBe(200)

    expect((await create(user, 'four')).status).toBe(201)
    expect((await create(user, 'five')).status).toBe(409)
  })

  it('raises to what was asked for, for good, where nothing else is said', async () => {
    const { user, id } = await asked()

    const { body } = await approve(id)

    expect(body).toMatchObject({
      status: 'approved',
      decided_at: instant,
      decided_by: admin.id,
      decision_reason: null,
      requested_limit: 5,
      granted_limit: 5,
      granted_until: null,
    })
    expect(await limitOf(user)).toBe(5)
    const seen = await server.call('GET', `/users/${user.id}`, { as: admin.as })
    expect(seen.body.token_limit).toBe(5)
  })

  it.each([4, 10])('raises to another limit: %d', async (granted_limit) => {
    const { user, id } = await asked()

    expect((await approve(id, { granted_limit })).body.granted_limit).toBe(granted_limit)

    expect(await limitOf(user)).toBe(granted_limit)
  })

  it('raises until a date, after which the limit is three again and no token has ended', async () => {
    const { database } = server
    const { user, id } = await asked()
    const granted_until = '2999-12-31T00:00:00.000Z'
    expect((await approve(id, { granted_until })).body.granted_until).toBe(granted_until)
    await hasLive(user, 3)
    expect((await create(user, 'four')).status).toBe(201)

    await database.sql('UPDATE users SET token_limit_until = now() WHERE id = $1', [user.id])

    expect(await limitOf(user)).toBe(3)
    const stopped = await create(user, 'five')
    expect(stopped.body).toMatchObject({
      error: 'token_limit_reached',
      message: expect.stringContaining('4 live tokens of 3'),
    })
    const listed = await server.call('GET', '/me/tokens', { as: user.as })
    expect(listed.body.total).toBe(4)
    const seen = await server.call('GET', `/users/${user.id}`, { as: admin.as })
    expect(seen.body.token_limit).toBe(3)
  })

  it('lowers, too, and ends no token by it', async () => {
    const user = await server.given.person({ grants, token_limit: 8 })
    const id = await server.given.limitRequest(user.id, 10)
    await hasLive(user, 8)

    await approve(id, { granted_limit: 4 })

    expect(await limitOf(user)).toBe(4)
    const listed = await server.call('GET', '/me/tokens', { as: user.as })
    expect(listed.body.data.map(({ status }: { status: string }) => status)).toEqual(
      Array.from({ length: 8 }, () => 'active'),
    )
    expect((await create(user, 'nine')).status).toBe(409)
  })

  it('raises the limit of a service account that asked with its token', async () => {
    const { given, call } = server
    const tenant = (await given.tenant()).id
    const account = await given.serviceAccount([tenant])
    await given.grant(account, { permissions: ['tenants.read'] })
    await hasLive({ id: account }, 2)
    const { as } = await given.token(account)
    const make = () =>
      call('POST', `/users/${account}/tokens`, { as: admin.as, body: { name: 'four' } })
    expect((await make()).body.error).toBe('token_limit_reached')

    const body = { requested_limit: 4, reason: 'A fourth region' }
    const request = await call('POST', '/me/token-limit-requests', { as, body })
    await approve(request.body.id)

    expect(await limitOf({ as })).toBe(4)
    expect((await make()).status).toBe(201)
  })

  it('replaces an earlier raise together with its end, and the audit log has both', async () => {
    const { database } = server
    const { user, id } = await asked()
    await approve(id, { granted_until: '2999-12-31T00:00:00.000Z' })
    const again = await server.given.limitRequest(user.id, 6)

    await approve(again)

    const [{ before, after }] = (await database.sql(
      'SELECT before, after FROM audit_events WHERE target_id = $1 ORDER BY at DESC, id DESC',
      [user.id],
    )) as [{ before: object; after: object }]
    expect({ before, after }).toMatchObject({
      before: { token_limit: 5, token_limit_until: '2999-12-31T00:00:00.000Z' },
      after: { request_id: again, token_limit: 6, token_limit_until: null },
    })
  })
})

describe('POST /token-limit-requests/{id}/approve refused', () => {
  it.each<[string, object, string]>([
    ['three', { granted_limit: 3 }, 'granted_limit'],
    ['eleven', { granted_limit: 11 }, 'granted_limit'],
    ['a number as text', { granted_limit: '5' }, 'granted_limit'],
    ['an end in the past', { granted_until: '2020-01-01T00:00:00Z' }, 'granted_until'],
    ['a day that is none', { granted_until: '2999-02-30T00:00:00Z' }, 'granted_until'],
    ['an end beyond all years', { granted_until: '9999-12-31T23:59:59-12:00' }, 'granted_until'],
    ['a blank reason', { reason: ' ' }, 'reason'],
    ['an unknown field', { token_limit: 5 }, 'token_limit'],
  ])('400: %s', async (_, body, field) => {
    const { id, user } = await asked()

    const answer = await refused(server, 'POST', pathOf(id), { as: admin.as, body })

    expect(answer.status).toBe(400)
    expect(fieldsOf(answer.body)).toEqual([field])
    expect(await limitOf(user)).toBe(3)
  })

  it('403: who asked does not decide, nor a holder of every tenant permission', async () => {
    const { id, user } = await asked()
    const grants = [{ role: 'tenant-admin' }]
    const manager = await server.given.person({ tenants: ['any'], grants })
    for (const { as } of [user, manager]) {
      const { body } = await refused(server, 'POST', pathOf(id), { as })
      expect(body.details).toEqual({
        permission: 'token_limits.approve',
        tenant_id: null,
        leg: 'owner_permission',
      })
    }
  })

  it('404: ids of nothing', async () => {
    for (const id of idsOfNothing) {
      expect((await refused(server, 'POST', pathOf(id), { as: admin.as })).status).toBe(404)
    }
  })

  it('409: what is decided, one way or the other', async () => {
    const [first, second] = [await asked(), await asked()]
    await approve(first.id)
    const denial = { as: admin.as, body: { reason: 'No' } }
    await server.call('POST', `/token-limit-requests/${second.id}/deny`, denial)

    for (const { id } of [first, second]) {
      const { status, body } = await refused(server, 'POST', pathOf(id), {
        as: admin.as,
        body: { granted_limit: 10 },
      })
      expect({ status, error: body.error }).toEqual({ status: 409, error: 'conflict' })
    }
    expect(await limitOf(first.user)).toBe(5)
    expect(await limitOf(second.user)).toBe(3)
  })
})
