import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { signIn } from './people.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

describe('GET /me/password-policy', () => {
  it('tells every credential what a password must be like now, and that is what holds', async () => {
    const { given, call, database } = server
    const { id, as } = await signIn(server)
    const token = await given.token(id)
    await database.sql('UPDATE settings SET password_min_length = 20')

    for (const credential of [as, token.as]) {
      const { status, body } = await call('GET', '/me/password-policy', { as: credential })
      expect(status).toBe(200)
      expect(body).toEqual({ password_min_length: 20, password_max_length: 1024 })
    }
    const changeTo = (new_password: string) =>
      call('POST', '/me/password', {
        as,
        body: { current_password: 'a password of some length', new_password },
      })
    expect((await changeTo('x'.repeat(19))).status).toBe(400)
    expect((await changeTo('x'.repeat(20))).status).toBe(204)
  })

  it('refuses a call without a credential', async () => {
    expect((await server.call('GET', '/me/password-policy')).status).toBe(401)
  })
})
