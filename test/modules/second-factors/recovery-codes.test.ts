import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hashToken } from '../../../src/access/token.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { refused } from '../users/expected.ts'
import { begin, environment, finish, setPolicy, signIn, withPasskey, withTotp } from './enrolled.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer(environment)
})
afterAll(() => server.close())
afterEach(() => setPolicy(server, 'optional'))

const renew = async (as: string): Promise<string[]> => {
  const { status, body } = await server.call('POST', '/me/recovery-codes', { as })
  expect(status).toBe(200)
  return body.recovery_codes
}
const use = async (email: string, recovery_code: string) => {
  const { challenge } = (await begin(server, email)).body
  return finish(server, challenge, { recovery_code })
}

describe('POST /me/recovery-codes', () => {
  it('shows ten codes of 120 random bits once, and stores hashes only', async () => {
    const { as, id } = await withTotp(server)
    const codes = await renew(as)

    expect(new Set(codes).size).toBe(10)
    for (const code of codes)
      expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{6}-){3}[0-9a-hjkmnp-tv-z]{6}$/)
    const rows = await server.database.sql<{ row: string }>(
      'SELECT r::text AS row FROM recovery_codes r WHERE user_id = $1',
      [id],
    )
    expect(rows).toHaveLength(10)
    const stored = rows.map(({ row }) => row).join()
    for (const code of codes) {
      expect(stored).not.toContain(code)
      expect(stored).not.toContain(hashToken(code).toString('hex'))
      expect(server.logs.join()).not.toContain(code)
    }
  })

  it('voids those that there were', async () => {
    const { as, email } = await withTotp(server)
    const [old = ''] = await renew(as)
    const [next = ''] = await renew(as)

    expect((await use(email, old)).status).toBe(401)
    expect((await use(email, next)).status).toBe(200)
  })

  it('is refused to who has no factor to go around, and writes nothing', async () => {
    const { as } = await signIn(server)
    expect((await refused(server, 'POST', '/me/recovery-codes', { as })).status).toBe(409)
  })
})

describe('A recovery code', () => {
  it('signs in once, in the place of a passkey, too, and tells so', async () => {
    const { as, email, id } = await withPasskey(server)
    const [code = ''] = await renew(as)

    const { status, body } = await use(email, code)

    expect(status).toBe(200)
    const me = await server.call('GET', '/me/second-factors', { as: body.access_token })
    expect(me.body.recovery_codes_left).toBe(9)
    const [session] = await server.database.sql(
      'SELECT auth_methods FROM sessions WHERE user_id = $1 ORDER BY created_at DESC LIMIT 1',
      [id],
    )
    expect(session).toEqual({ auth_methods: ['password', 'recovery_code'] })
    expect((await use(email, code)).status).toBe(401)
  })

  it('is read as people type it', async () => {
    const { as, email } = await withTotp(server)
    const [code = ''] = await renew(as)
    expect((await use(email, ` ${code.toUpperCase().replaceAll('-', ' ')} `)).status).toBe(200)
  })

  it('is taken from one of many who send it at once', async () => {
    const { as, email } = await withTotp(server)
    const [recovery_code = ''] = await renew(as)
    const begun = await Promise.all([1, 2, 3, 4].map(() => begin(server, email)))

    const answers = await Promise.all(
      begun.map(({ body }) => finish(server, body.challenge, { recovery_code })),
    )

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401])
  })

  it('of somebody else is none', async () => {
    const [one, other] = [await withTotp(server), await withTotp(server)]
    await renew(other.as)
    const [code = ''] = await renew(one.as)

    expect((await use(other.email, code)).status).toBe(401)
    expect((await use(one.email, code)).status).toBe(200)
  })
})
