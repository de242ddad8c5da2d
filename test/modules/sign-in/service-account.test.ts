import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashToken } from '../../../src/access/token.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { refused } from '../users/expected.ts'
import { comparable, newUser, password, refreshWith, withCookie } from './people.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
  // The schema itself allows a service account no e-mail address; what follows holds without that, too.
  await server.database.sql('ALTER TABLE users DROP CONSTRAINT users_email_check')
})
afterAll(() => server.close())

/** A service account with all that a person signs in with, planted past the API. */
async function armed(status = 'active') {
  const { id, email } = await newUser(server, { is_service_account: true, status })
  await server.database.sql('UPDATE users SET email = $2 WHERE id = $1', [id, email])
  return { id, email, ...(await server.given.session(id)) }
}

const changed = { current_password: password, new_password: 'quite another password' }
const hashOf = async (id: string) =>
  (await server.database.sql('SELECT password_hash FROM users WHERE id = $1', [id]))[0]

describe('A service account with a planted password', () => {
  it('does not sign in, and is told what a stranger with a wrong password is told', async () => {
    const { email } = await armed()
    const person = await newUser(server)

    const answer = await refused(server, 'POST', '/auth/login', { body: { email, password } })

    const wrong = { email: person.email, password: `${password}!` }
    const stranger = await server.call('POST', '/auth/login', { body: wrong })
    expect(comparable(answer)).toBe(comparable(stranger))
    expect(answer.status).toBe(401)
  })

  it.each(['invited', 'active'])('accepts no invitation while it is %s', async (status) => {
    const { id } = await armed(status)
    const before = await hashOf(id)
    const token = randomBytes(32).toString('base64url')
    await server.database.sql(
      `INSERT INTO invitations (id, user_id, token_hash, expires_at)
       VALUES ($1, $2, $3, now() + interval '1 day')`,
      [uuidv7(), id, hashToken(token)],
    )

    const body = { token, password: changed.new_password }
    expect((await refused(server, 'POST', '/auth/accept-invitation', { body })).status).toBe(400)

    expect(await hashOf(id)).toEqual(before)
  })

  it('refreshes no planted session', async () => {
    const { session_id } = await armed()
    const cookie = randomBytes(32).toString('base64url')
    await server.database.sql(
      'INSERT INTO refresh_tokens (id, session_id, token_hash) VALUES ($1, $2, $3)',
      [uuidv7(), session_id, hashToken(cookie)],
    )
    const before = await server.traces()

    expect((await refreshWith(server, cookie)).status).toBe(401)

    expect(await server.traces()).toEqual(before)
    // Signing out by the cookie gives nothing either, but the end of that session.
    const logout = await server.call('POST', '/auth/logout', withCookie(cookie))
    expect(logout.status).toBe(204)
  })

  it('does nothing with the access token of a planted session', async () => {
    const { as, id, session_id } = await armed()
    const before = await hashOf(id)
    for (const [method, path, body] of [
      ['GET', '/me', undefined],
      ['GET', '/me/sessions', undefined],
      ['DELETE', `/me/sessions/${session_id}`, undefined],
      ['POST', '/me/password', changed],
      ['POST', '/me/tokens', { name: 'mine' }],
    ] as const) {
      expect((await refused(server, method, path, { as, body })).status).toBe(401)
    }
    expect(await hashOf(id)).toEqual(before)
  })

  it('changes no password and sees no session by its token', async () => {
    const { id, session_id } = await armed()
    const before = await hashOf(id)
    const { as } = await server.given.token(id)
    for (const [method, path, body] of [
      ['GET', '/me/sessions', undefined],
      ['DELETE', `/me/sessions/${session_id}`, undefined],
      ['POST', '/me/password', changed],
    ] as const) {
      expect((await refused(server, method, path, { as, body })).status).toBe(403)
    }
    expect(await hashOf(id)).toEqual(before)
  })

  it('signs in by none of these once a person’s account is made one', async () => {
    const { id, email } = await newUser(server)
    const signedIn = await server.call('POST', '/auth/login', { body: { email, password } })
    await server.database.sql('UPDATE users SET is_service_account = true WHERE id = $1', [id])

    const as = signedIn.body.access_token
    expect((await refused(server, 'GET', '/me', { as })).status).toBe(401)
    expect((await refused(server, 'POST', '/me/password', { as, body: changed })).status).toBe(401)
    const again = await refused(server, 'POST', '/auth/login', { body: { email, password } })
    expect(again.status).toBe(401)
  })
})
