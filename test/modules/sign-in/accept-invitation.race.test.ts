import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashToken } from '../../../src/access/token.ts'
import { eventually } from '../../support/eventually.ts'
import { startServer, type TestServer } from '../../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

describe('POST /auth/accept-invitation', () => {
  it('activates nobody whose deactivation is under way', async () => {
    const { database, given, call } = server
    const person = await given.person({ status: 'invited' })
    const token = randomBytes(32).toString('base64url')
    await database.sql(
      `INSERT INTO invitations (id, user_id, token_hash, expires_at)
       VALUES ($1, $2, $3, now() + interval '1 day')`,
      [uuidv7(), person.id, hashToken(token)],
    )
    const other = new pg.Client({ connectionString: database.url })
    await other.connect()
    await other.query('BEGIN')
    await other.query("UPDATE users SET status = 'deactivated' WHERE id = $1", [person.id])

    const body = { token, password: 'correct horse battery staple' }
    const accepting = call('POST', '/auth/accept-invitation', { body })
    await eventually(async () => {
      const [row] = await database.sql<{ waiting: number }>(
        "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
      )
      return (row?.waiting ?? 0) > 0
    })
    await other.query('COMMIT')
    await other.end()

    expect((await accepting).status).toBe(400)
    const [user] = await database.sql('SELECT status FROM users WHERE id = $1', [person.id])
    expect(user).toEqual({ status: 'deactivated' })
  })
})
