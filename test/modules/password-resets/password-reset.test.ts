import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { type MailServer, startMailServer } from '../../support/mail-server.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { sender } from '../notices/work.ts'
import { comparable, newUser, password, refreshWith, signIn, statusOf } from '../sign-in/people.ts'

let server: TestServer
let mail: MailServer
beforeAll(async () => {
  mail = await startMailServer()
  server = await startServer({ SMTP_URL: mail.url, ...sender }, null, { withWorker: true })
}, 60_000)
afterAll(async () => {
  await server.close()
  await mail.close()
})

const next = 'another password of some length'
const ask = (email: string) => server.call('POST', '/auth/password-reset', { body: { email } })
const confirm = (token: string, new_password = next) =>
  server.call('POST', '/auth/password-reset/confirm', { body: { token, new_password } })
const login = async (email: string, secret: string) =>
  (await server.call('POST', '/auth/login', { body: { email, password: secret } })).status

const lettersTo = (email: string, subject = 'Set a new password') =>
  mail.mails.filter(({ to, headers }) => to.includes(email) && headers['subject'] === subject)
const tokens = (email: string) =>
  lettersTo(email).map(({ text }) => /#token=([\w-]+)/.exec(text)?.[1] ?? 'no link')

/** All that was asked for until now has been looked into. */
const lookedInto = () =>
  eventually(async () => {
    const sql = `SELECT 1 FROM pgboss.job WHERE name IN ('begin_password_reset', 'send_mail') AND state < 'completed'`
    return (await server.database.sql(sql)).length === 0
  })

async function tokenFor(email: string, typed = email): Promise<string> {
  const before = tokens(email).length
  expect((await ask(typed)).status).toBe(202)
  await eventually(async () => tokens(email).length > before)
  return tokens(email).at(-1) ?? ''
}

describe('Who forgot the password', () => {
  it('sets a new one with the mail, once, and every session ends, but no token', async () => {
    const user = await signIn(server)
    const pat = await server.given.token(user.id)
    const token = await tokenFor(user.email, user.email.toUpperCase())
    expect(await statusOf(server, user.as)).toBe(200)

    expect((await confirm(token)).status).toBe(204)

    expect(await statusOf(server, user.as)).toBe(401)
    expect((await refreshWith(server, user.cookie)).status).toBe(401)
    expect(await statusOf(server, pat.as)).toBe(200)
    expect(await login(user.email, password)).toBe(401)
    expect(await login(user.email, next)).toBe(200)
    expect((await confirm(token, 'a third password of some length')).status).toBe(400)
    const events = await server.database.sql(
      `SELECT action FROM audit_events WHERE target_id = $1 ORDER BY at, id`,
      [user.id],
    )
    const actions = ['user.password_reset_requested', 'user.password_reset']
    expect(events.map(({ action }) => action)).toEqual(actions)
  }, 40_000)

  it('asks again, and the first use ends the links of all mails', async () => {
    const user = await newUser(server)
    const [first, second] = [await tokenFor(user.email), await tokenFor(user.email)]
    expect((await confirm(first)).status).toBe(204)
    expect((await confirm(second)).status).toBe(400)
  }, 40_000)

  it.each([
    ['they change their password', `UPDATE users SET password_hash = 'another' WHERE id = $1`],
    ['all their credentials end', 'UPDATE users SET credentials_valid_from = now() WHERE id = $1'],
    [
      'all credentials of everybody end',
      'UPDATE settings SET credentials_valid_from = now() WHERE $1::uuid IS NOT NULL',
    ],
  ])(
    'has no link left when %s',
    async (_, text) => {
      const user = await newUser(server)
      const token = await tokenFor(user.email)
      await server.database.sql(text, [user.id])
      const before = await server.traces()
      expect((await confirm(token)).status).toBe(400)
      expect(await server.traces()).toEqual(before)
    },
    40_000,
  )

  it('may not take what everybody tries first, or their own name', async () => {
    const user = await newUser(server)
    const token = await tokenFor(user.email)
    expect((await confirm(token, user.email)).status).toBe(400)
    expect((await confirm(token)).status).toBe(204)
  }, 40_000)

  it('gets three mails in an hour, however often somebody asks', async () => {
    const user = await newUser(server)
    for (let at = 0; at < 6; at += 1) expect((await ask(user.email)).status).toBe(202)
    await lookedInto()
    expect(lettersTo(user.email)).toHaveLength(3)
  }, 40_000)

  it('is told by the policy of passwords what is wrong, and may try again', async () => {
    const user = await newUser(server)
    const token = await tokenFor(user.email)
    const short = await confirm(token, 'short')
    expect(short.body.errors[0].field).toBe('new_password')
    expect((await confirm(token)).status).toBe(204)
  }, 40_000)
})

describe('A request for a reset', () => {
  it('is answered the same for everybody, and mailed only to people who sign in with a password', async () => {
    const users = [
      await newUser(server),
      await newUser(server, { status: 'deactivated' }),
      await newUser(server, { status: 'invited', secret: null }),
      await newUser(server, { secret: null }),
      await newUser(server, { deleted: true }),
      { email: 'nobody@example.com' },
    ]
    const answers = []
    for (const { email } of users) answers.push(await ask(email))
    expect(new Set(answers.map(comparable)).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 202, text: '' })
    await lookedInto()
    expect(users.map(({ email }) => lettersTo(email).length)).toEqual([1, 0, 0, 0, 0, 0])
  }, 40_000)

  it('never reaches a service account, even one with an address and a password', async () => {
    const user = await newUser(server)
    await server.database.sql(
      `UPDATE users SET is_service_account = true, email = NULL WHERE id = $1`,
      [user.id],
    )
    await ask(user.email)
    await lookedInto()
    expect(lettersTo(user.email)).toEqual([])
  }, 40_000)
})

describe('A token of a reset', () => {
  it.each([
    ['has expired', `UPDATE password_resets SET expires_at = now() WHERE user_id = $1`],
    ['is of somebody deactivated', `UPDATE users SET status = 'deactivated' WHERE id = $1`],
    ['is of somebody deleted', `UPDATE users SET deleted_at = now() WHERE id = $1`],
    [
      'is of somebody without a password now',
      `UPDATE users SET password_hash = NULL WHERE id = $1`,
    ],
  ])(
    'is refused, and nothing changes, where it %s',
    async (_, statement) => {
      const user = await newUser(server)
      const token = await tokenFor(user.email)
      await server.database.sql(statement, [user.id])
      const before = await server.traces()
      const [refused, unknown] = [await confirm(token), await confirm('no token at all')]
      expect(refused.status).toBe(400)
      expect(comparable(refused)).toBe(comparable(unknown))
      expect(await server.traces()).toEqual(before)
    },
    40_000,
  )

  it('is used by exactly one of ten who come at once', async () => {
    const user = await newUser(server)
    const token = await tokenFor(user.email)
    const secrets = Array.from({ length: 10 }, (_, at) => `${next} ${at}`)
    const answers = await Promise.all(secrets.map((secret) => confirm(token, secret)))
    const statuses = answers.map(({ status }) => status)
    expect([...statuses].sort()).toEqual([204, ...Array.from({ length: 9 }, () => 400)])
    expect(await login(user.email, secrets[statuses.indexOf(204)] ?? '')).toBe(200)
  }, 40_000)
})
