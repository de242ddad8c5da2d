import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { type MailServer, startMailServer } from '../../support/mail-server.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { password } from '../sign-in/people.ts'
import { sender } from './work.ts'

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

const tokenIn = (text: string) => /#token=([\w-]+)/.exec(text)?.[1] ?? 'no link'

async function invited() {
  const admin = await server.given.admin()
  const email = `i-${uuidv7()}@example.com`
  const body = { email, name: 'Ada', tenants: [] }
  const answer = await server.call('POST', '/users', { as: admin.as, body })
  const to = () => mail.mails.filter((one) => one.to.includes(email))
  return { admin, email, id: answer.body.id as string, to, shown: answer.body.invitation_url }
}

describe('Who is invited', () => {
  it('gets a mail with a link of its own, which sets the password', async () => {
    const { email, to, shown } = await invited()
    await eventually(async () => to().length === 1)
    const token = tokenIn(to()[0]?.text ?? '')
    expect(tokenIn(to()[0]?.html ?? '')).toBe(token)
    expect(token).not.toBe(tokenIn(shown))
    const accept = () =>
      server.call('POST', '/auth/accept-invitation', { body: { token, password } })
    expect((await accept()).status).toBe(204)
    expect((await accept()).status).toBe(400)
    const login = await server.call('POST', '/auth/login', { body: { email, password } })
    expect(login.status).toBe(200)
  }, 30_000)

  it('gets another one when invited again, and the first link is dead', async () => {
    const { admin, id, to } = await invited()
    await eventually(async () => to().length === 1)
    await server.call('POST', `/users/${id}/invitation`, { as: admin.as })
    await eventually(async () => to().length === 2)
    const [first, second] = to().map(({ text }) => tokenIn(text))
    const accept = async (token = '') =>
      (await server.call('POST', '/auth/accept-invitation', { body: { token, password } })).status
    expect(await accept(first)).toBe(400)
    expect(await accept(second)).toBe(204)
  }, 30_000)

  it('gets five in an hour and no more, however often they are invited; the last link is in the answer', async () => {
    const { admin, id, to } = await invited()
    let shown = ''
    for (let at = 0; at < 7; at += 1) {
      const { body } = await server.call('POST', `/users/${id}/invitation`, { as: admin.as })
      shown = body.invitation_url
    }
    await server.traces()
    expect(to()).toHaveLength(5)
    await server.database.sql(
      `UPDATE mails SET created_at = created_at - interval '1 hour' WHERE user_id = $1`,
      [id],
    )
    await server.call('POST', `/users/${id}/invitation`, { as: admin.as })
    await server.traces()
    expect(to()).toHaveLength(6)
    expect(shown).toContain('#token=')
  }, 60_000)

  it('gets one when they are left without a way in, too', async () => {
    const { given, call } = server
    const [admin, person] = [await given.admin(), await given.person()]
    const { status } = await call('POST', `/users/${person.id}/invitation`, { as: admin.as })
    expect(status).toBe(201)
    const to = () => mail.mails.filter((one) => one.to.includes(person.email))
    await eventually(async () => to().length === 1)
    const body = { token: tokenIn(to()[0]?.text ?? ''), password }
    expect((await call('POST', '/auth/accept-invitation', { body })).status).toBe(204)
    await eventually(async () => to().length === 2)
    expect(to()[1]?.headers['subject']).toBe('Your password was changed')
  }, 30_000)

  it('has a link that is in no table and no log', async () => {
    const { to } = await invited()
    await eventually(async () => to().length === 1)
    const token = tokenIn(to()[0]?.text ?? '')
    const tables = await server.database.sql<{ name: string }>(
      `SELECT schemaname || '.' || quote_ident(tablename) AS name FROM pg_tables
       WHERE schemaname IN ('public', 'pgboss')`,
    )
    for (const { name } of tables) {
      const rows = await server.database.sql(
        `SELECT 1 FROM ${name} t WHERE position($1 in t::text) > 0`,
        [token],
      )
      expect(rows).toEqual([])
    }
    expect(server.logs.filter((line) => line.includes(token))).toEqual([])
    expect(server.terminal).toEqual([])
  }, 30_000)
})
