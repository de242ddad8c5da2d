import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { administrator } from '../support/constants.ts'
import { cloneDatabase, type TestDatabase } from '../support/database.ts'
import { startProcess } from '../support/process.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase(null)
})
afterAll(() => database.drop())

describe('the first start', () => {
  it('has shown the administrator’s password even where it can not listen', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as AddressInfo
    const start = startProcess({ DATABASE_URL: database.url, PORT: String(port) })
    await expect(start).rejects.toThrow(/password {2}\S{24}[\s\S]*EADDRINUSE/)
    taken.close()
  })

  it('takes the application’s role whatever options the URL brings', async () => {
    const url = new URL(database.url)
    url.searchParams.set('options', '-c search_path=public')
    const opened = openDatabase({ url: url.toString(), poolSize: 2, onError: () => undefined })
    const { rows } = await opened.pool.query(
      "SELECT current_user AS role, current_setting('search_path') AS path, current_setting('statement_timeout') AS timeout",
    )
    expect(rows).toEqual([{ role: 'postern_app', path: 'public', timeout: '2500ms' }])
    await opened.close()
  })
})

describe('a start on a database that has an administrator', () => {
  // As the template of the tests was made with.
  const first = {
    BOOTSTRAP_ADMIN_EMAIL: administrator.email,
    BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
  }
  const otherPassword = 'a short ride to the hills'
  let own: TestDatabase
  beforeAll(async () => {
    own = await cloneDatabase()
  })
  afterAll(() => own.drop())

  /** All that a start might make or change. */
  const holdings = () =>
    own.sql(
      `SELECT u.*, (SELECT json_agg(g ORDER BY g.id) FROM grants g WHERE g.user_id = u.id) AS grants,
         (SELECT count(*)::int FROM audit_events) AS events
       FROM users u ORDER BY u.id`,
    )
  const people = async () =>
    (await own.sql('SELECT email FROM users WHERE email IS NOT NULL')).map(({ email }) => email)

  it.each([
    ['another password', { ...first, BOOTSTRAP_ADMIN_PASSWORD: otherPassword }],
    [
      'another address and password',
      { BOOTSTRAP_ADMIN_EMAIL: 'second@example.com', BOOTSTRAP_ADMIN_PASSWORD: otherPassword },
    ],
  ])(
    'changes nothing with %s: who was the administrator is, by their password',
    async (_, told) => {
      const before = await holdings()
      expect(await people()).toEqual([first.BOOTSTRAP_ADMIN_EMAIL])
      const server = await startProcess({ DATABASE_URL: own.url, ...told })
      const login = async (email: string, password: string) =>
        (await server.call('POST', '/auth/login', { body: { email, password } })).status
      try {
        expect(await holdings()).toEqual(before)
        const { BOOTSTRAP_ADMIN_EMAIL: email, BOOTSTRAP_ADMIN_PASSWORD: password } = first
        expect(await login(email, password)).toBe(200)
        for (const address of new Set([email, told.BOOTSTRAP_ADMIN_EMAIL])) {
          expect(await login(address, otherPassword)).toBe(401)
        }
        expect(await people()).toEqual([email])
        // As a first start shows it.
        expect(server.output()).not.toMatch(/password {2}\S/)
        expect(server.output()).not.toContain(otherPassword)
      } finally {
        await server.stop()
      }
    },
    60_000,
  )
})
