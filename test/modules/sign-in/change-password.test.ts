import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { fieldsOf, refused } from '../users/expected.ts'
import { newUser, password, refreshWith, signIn, statusOf } from './people.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const next = 'quite another password'
const change = (as: string, body: object = { current_password: password, new_password: next }) =>
  server.call('POST', '/me/password', { as, body })
const loginWith = (email: string, secret: string) =>
  server.call('POST', '/auth/login', { body: { email, password: secret } })

describe('POST /me/password 204', () => {
  it('replaces the old password by the new one', async () => {
    const { as, email } = await signIn(server)

    const { status, text } = await change(as)

    expect({ status, text }).toEqual({ status: 204, text: '' })
    expect((await loginWith(email, password)).status).toBe(401)
    expect((await loginWith(email, next)).status).toBe(200)
  })

  it('ends every other session at once, and keeps the own one and the tokens', async () => {
    const { given, database } = server
    const { id, as, cookie } = await signIn(server)
    const others = [await given.session(id), await given.session(id)]
    const [token, stranger] = [await given.token(id), await signIn(server)]

    await change(as)

    for (const other of others) expect(await statusOf(server, other.as)).toBe(401)
    expect(await statusOf(server, as)).toBe(200)
    expect((await refreshWith(server, cookie)).status).toBe(200)
    expect(await statusOf(server, token.as)).toBe(200)
    expect(await statusOf(server, stranger.as)).toBe(200)
    const ended = await database.sql(
      `SELECT ended_reason FROM sessions WHERE user_id = $1 AND ended_at IS NOT NULL`,
      [id],
    )
    expect(ended).toEqual([
      { ended_reason: 'password_changed' },
      { ended_reason: 'password_changed' },
    ])
  })

  it('takes passwords of any characters, and longer than bcrypt reads', async () => {
    const { as, email } = await signIn(server)
    const long = `${'ж'.repeat(80)}1`

    expect((await change(as, { current_password: password, new_password: long })).status).toBe(204)

    expect((await loginWith(email, `${'ж'.repeat(80)}2`)).status).toBe(401)
    expect((await loginWith(email, long)).status).toBe(200)
  })
})

describe('POST /me/password 403', () => {
  it('refuses a wrong current password, names the field, and changes nothing', async () => {
    const { as, email, id } = await signIn(server)
    const other = await server.given.session(id)

    for (const current_password of ['not it at all', `${password} `, next]) {
      const { status, body } = await refused(server, 'POST', '/me/password', {
        as,
        body: { current_password, new_password: `${next}!` },
      })
      expect(status).toBe(403)
      expect(body.error).toBe('reauthentication_required')
      expect(body.errors).toEqual([{ field: 'current_password', message: 'is wrong' }])
    }

    expect(await statusOf(server, as)).toBe(200)
    expect(await statusOf(server, other.as)).toBe(200)
    expect((await loginWith(email, password)).status).toBe(200)
  })

  it('refuses who has none', async () => {
    const { as } = await server.given.person()
    const body = { current_password: password, new_password: next }
    expect((await refused(server, 'POST', '/me/password', { as, body })).status).toBe(403)
  })

  it('lets no token touch the password of its owner', async () => {
    const { given } = server
    const { id, email } = await newUser(server)
    await given.scope(id, 'any')
    await given.grant(id, { role: 'admin' })
    const { as } = await given.token(id, { permissions: ['users.update'], tenants: ['any'] })

    const body = { current_password: password, new_password: next }
    const answer = await refused(server, 'POST', '/me/password', { as, body })

    expect([answer.status, answer.body.error]).toEqual([403, 'forbidden'])
    expect((await loginWith(email, password)).status).toBe(200)
  })
})

describe('POST /me/password 400', () => {
  it.each([
    [{ current_password: password, new_password: 'short' }, 'new_password'],
    [{ current_password: password, new_password: password }, 'new_password'],
    [{ current_password: password, new_password: 'x'.repeat(1025) }, 'new_password'],
    [{ current_password: password }, 'new_password'],
    [{ new_password: next }, 'current_password'],
    [{ current_password: password, new_password: next, user_id: 'x' }, 'user_id'],
  ])('refuses %j', async (body, field) => {
    const { as, email } = await signIn(server)
    const answer = await refused(server, 'POST', '/me/password', { as, body })
    expect(answer.status).toBe(400)
    expect(fieldsOf(answer.body)).toEqual([field])
    expect((await loginWith(email, password)).status).toBe(200)
  })
})

describe('A password that is being changed', () => {
  it('lets one of two changes from two sessions through, and ends the other session', async () => {
    const { id, as, email } = await signIn(server)
    const other = await server.given.session(id)
    const passwords = ['first of the two passwords', 'second of the two passwords']

    const answers = await Promise.all(
      [as, other.as].map((one, at) =>
        change(one, { current_password: password, new_password: passwords[at] ?? '' }),
      ),
    )

    expect(answers.map(({ status }) => status).sort()).toEqual([204, 401])
    const winner = answers.findIndex(({ status }) => status === 204)
    expect((await loginWith(email, passwords[winner] ?? '')).status).toBe(200)
    expect((await loginWith(email, passwords[1 - winner] ?? '')).status).toBe(401)
    expect(await statusOf(server, winner === 0 ? other.as : as)).toBe(401)
  })

  it('lets nobody in who proved the old one while it was still in force', async () => {
    const { id, email } = await newUser(server)
    const client = new pg.Client({ connectionString: server.database.url })
    await client.connect()
    try {
      await client.query('BEGIN')
      await client.query(`UPDATE users SET password_hash = 'changed' WHERE id = $1`, [id])
      const late = loginWith(email, password)
      await waitingFor(client)
      await client.query('COMMIT')

      expect((await late).status).toBe(401)
      const sessions = 'SELECT id FROM sessions WHERE user_id = $1'
      expect(await server.database.sql(sessions, [id])).toEqual([])
    } finally {
      await client.end()
    }
  })
})

/** Until someone waits for a lock that this connection holds. */
async function waitingFor(client: pg.Client): Promise<void> {
  for (let rows = 0; rows === 0; ) {
    const { rowCount } = await client.query(
      `SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))`,
    )
    rows = rowCount ?? 0
  }
}
