import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, instant, refused, uuid7 } from '../users/expected.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const path = '/me/token-limit-requests'
const body = { requested_limit: 6, reason: 'One for each region' }
const ask = (as: string, asked: object = body) => server.call('POST', path, { as, body: asked })

describe('POST /me/token-limit-requests 201', () => {
  it('leaves a request that waits, and gives nothing', async () => {
    const user = await server.given.person()

    const answer = await ask(user.as)

    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({
      id: uuid7,
      user_id: user.id,
      user: {
        id: user.id,
        is_service_account: false,
        email: user.email,
        name: user.email,
        token_limit: 3,
        live_tokens: 0,
      },
      ...body,
      status: 'pending',
      created_at: instant,
      decided_at: null,
      decided_by: null,
      decision_reason: null,
      granted_limit: null,
      granted_until: null,
    })
    expect((await server.call('GET', '/me', { as: user.as })).body.token_limit).toBe(3)
  })

  it('is open to a token, of a person and of a service account', async () => {
    const { given } = server
    const account = await given.serviceAccount([(await given.tenant()).id])
    for (const owner of [(await given.person()).id, account]) {
      const { as } = await given.token(owner)
      expect((await ask(as)).body).toMatchObject({
        user_id: owner,
        status: 'pending',
        user: { live_tokens: null },
      })
    }
  })

  it.each([4, 10])('takes %d', async (requested_limit) => {
    const { as } = await server.given.person()
    expect((await ask(as, { ...body, requested_limit })).status).toBe(201)
  })
})

describe('POST /me/token-limit-requests 400', () => {
  it.each<[string, object, string]>([
    ['three, which everybody has', { ...body, requested_limit: 3 }, 'requested_limit'],
    ['eleven', { ...body, requested_limit: 11 }, 'requested_limit'],
    ['a half', { ...body, requested_limit: 4.5 }, 'requested_limit'],
    ['a number as text', { ...body, requested_limit: '6' }, 'requested_limit'],
    ['no number', { reason: 'x' }, 'requested_limit'],
    ['no reason', { requested_limit: 6 }, 'reason'],
    ['a blank reason', { ...body, reason: ' \t' }, 'reason'],
    ['a reason that is too long', { ...body, reason: 'x'.repeat(501) }, 'reason'],
    ['someone else', { ...body, user_id: '0193b4b2-6d3e-7c51-9f0a-2f4de1a77c11' }, 'user_id'],
  ])('refuses %s', async (_, asked, field) => {
    const { as } = await server.given.person()

    const answer = await refused(server, 'POST', path, { as, body: asked })

    expect(answer.status).toBe(400)
    expect(fieldsOf(answer.body)).toEqual([field])
  })

  it.each([5, 6])('refuses %d to someone who has six already', async (requested_limit) => {
    const { as } = await server.given.person({ token_limit: 6 })

    const answer = await refused(server, 'POST', path, { as, body: { ...body, requested_limit } })

    expect(answer.status).toBe(400)
    expect(answer.body.errors).toEqual([
      { field: 'requested_limit', message: 'must be more than the 6 that you have' },
    ])
  })

  it('compares with the limit that holds now, not with one that came to its end', async () => {
    const { given, database } = server
    const user = await given.person({ token_limit: 6 })
    await database.sql('UPDATE users SET token_limit_until = now() WHERE id = $1', [user.id])

    expect((await ask(user.as, { ...body, requested_limit: 4 })).status).toBe(201)
  })
})

describe('POST /me/token-limit-requests 409', () => {
  it('refuses a second request while one waits, and takes one after the decision', async () => {
    const { given, call } = server
    const [user, admin] = [await given.person(), await given.admin()]
    const first = await ask(user.as)

    const second = await refused(server, 'POST', path, { as: user.as, body })
    expect({ status: second.status, error: second.body.error }).toEqual({
      status: 409,
      error: 'conflict',
    })

    const denial = { as: admin.as, body: { reason: 'Not now' } }
    await call('POST', `/token-limit-requests/${first.body.id}/deny`, denial)
    expect((await ask(user.as)).status).toBe(201)
  })

  it('refuses a system token, which has no limit', async () => {
    const { as } = await server.given.systemToken()

    expect((await refused(server, 'POST', path, { as, body })).status).toBe(409)
  })
})
