import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../../support/given.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { comparable, password } from './people.ts'

let server: TestServer
let admin: Person
beforeAll(async () => {
  server = await startServer()
  admin = await server.given.admin()
})
afterAll(() => server.close())

const accept = (body: unknown) => server.call('POST', '/auth/accept-invitation', { body })

async function invited() {
  const email = `i-${uuidv7()}@example.com`
  const body = { email, name: 'Ada', tenants: [] }
  const answer = await server.call('POST', '/users', { as: admin.as, body })
  expect(answer.body.status).toBe('invited')
  return { id: answer.body.id, email, token: answer.body.invitation_url.split('#token=')[1] }
}

const login = (email: string, secret = password) =>
  server.call('POST', '/auth/login', { body: { email, password: secret } })

async function expectRefusal(body: unknown, field: string) {
  const before = await server.traces()
  const answer = await accept(body)
  expect(answer.status).toBe(400)
  expect(answer.body.errors.map((error: { field: string }) => error.field)).toEqual([field])
  expect(await server.traces()).toEqual(before)
  return answer
}

describe('POST /auth/accept-invitation 204', () => {
  it('sets the first password, with which the person signs in', async () => {
    const { id, email, token } = await invited()
    expect((await login(email)).status).toBe(401)

    const { status, text } = await accept({ token, password })

    expect({ status, text }).toEqual({ status: 204, text: '' })
    expect((await login(email)).status).toBe(200)
    const user = await server.call('GET', `/users/${id}`, { as: admin.as })
    expect(user.body.status).toBe('active')
  })

  it('writes one event by the person who joined', async () => {
    const { id, token } = await invited()
    await accept({ token, password })

    const events = await server.database.sql(
      'SELECT action, target_id FROM audit_events WHERE actor_id = $1',
      [id],
    )

    expect(events).toEqual([{ action: 'user.joined', target_id: id }])
  })

  it('lets exactly one of ten through that come at once', async () => {
    const { id, email, token } = await invited()
    const secrets = Array.from({ length: 10 }, (_, at) => `${password} ${at}`)

    const answers = await Promise.all(secrets.map((secret) => accept({ token, password: secret })))

    const statuses = answers.map(({ status }) => status)
    expect([...statuses].sort()).toEqual([204, ...Array.from({ length: 9 }, () => 400)])
    expect((await login(email, secrets[statuses.indexOf(204)])).status).toBe(200)
    const events = await server.database.sql(
      `SELECT 1 FROM audit_events WHERE actor_id = $1 AND action = 'user.joined'`,
      [id],
    )
    expect(events).toHaveLength(1)
  })
})

describe('POST /auth/accept-invitation 400', () => {
  it('gives one answer to one that is unknown, used or expired or whose person is deactivated or deleted', async () => {
    const { sql } = server.database
    const used = await invited()
    await accept({ token: used.token, password })
    const expired = await invited()
    await sql(`UPDATE invitations SET expires_at = now() - interval '1 s' WHERE user_id = $1`, [
      expired.id,
    ])
    const deactivated = await invited()
    await server.call('POST', `/users/${deactivated.id}/deactivate`, { as: admin.as })
    const deleted = await invited()
    await sql('UPDATE users SET deleted_at = now() WHERE id = $1', [deleted.id])

    const texts = []
    const tokens = [used, expired, deactivated, deleted].map(({ token }) => token)
    for (const token of ['unknown', ...tokens]) {
      const body = { token, password: 'another password of some length' }
      texts.push(comparable(await expectRefusal(body, 'token')))
    }

    expect(new Set(texts).size).toBe(1)
    expect((await login(used.email)).status).toBe(200)
    expect((await login(deactivated.email, 'another password of some length')).status).toBe(401)
  })

  it('names a password that is too short, and leaves the invitation in force', async () => {
    const { token, email } = await invited()

    const { body } = await expectRefusal({ token, password: 'elevenchars' }, 'password')
    expect(body.errors[0].message).toContain('12')
    await expectRefusal({ token, password: '🚀'.repeat(11) }, 'password')

    expect((await accept({ token, password: '🚀'.repeat(12) })).status).toBe(204)
    expect((await login(email, '🚀'.repeat(12))).status).toBe(200)
  })

  it.each<[string, (token: string) => unknown]>([
    ['password', (token) => ({ token })],
    ['password', (token) => ({ token, password: '' })],
    ['password', (token) => ({ token, password: 'x'.repeat(1025) })],
    ['password', (token) => ({ token, password: { not: '' } })],
    ['password', (token) => ({ token, password: `${password}\0` })],
    ['password', (token) => ({ token, password: `${password}\ud800` })],
    ['token', () => ({ password })],
    ['token', () => ({ token: '', password })],
    ['token', () => ({ token: { not: '' }, password })],
    ['token', () => ({ token: null, password })],
    ['token', () => ({ token: 'x'.repeat(101), password })],
    ['token', (token) => ({ token: `${token}0`, password })],
    ['token', (token) => ({ token: token.slice(1), password })],
    ['email', (token) => ({ token, password, email: 'other@example.com' })],
    ['status', (token) => ({ token, password, status: 'active' })],
  ])('names %s, writes nothing, and leaves the invitation in force', async (field, body) => {
    const { token } = await invited()

    await expectRefusal(body(token), field)

    expect((await accept({ token, password })).status).toBe(204)
  })
})
