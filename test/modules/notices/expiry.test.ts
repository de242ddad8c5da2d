import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peopleToTell } from '../../../src/modules/notices/run/expiring-tokens.ts'
import { pruneMails, tellOfExpiry } from '../../../src/modules/notices/run/tell-of-expiry.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { workTools } from './work.ts'

let server: TestServer
let first: ReturnType<typeof workTools>
let second: ReturnType<typeof workTools>
beforeAll(async () => {
  server = await startServer()
  first = workTools(server, null)
  second = workTools(server, null)
})
afterAll(async () => {
  await first.close()
  await second.close()
  await server.close()
})

const day = 86_400_000
/** An hour into the day that is so many from today, in UTC. */
const onDay = (days: number) =>
  new Date(Math.floor(Date.now() / day) * day + days * day + 3_600_000)
const longAgo = new Date(Date.now() - 90 * day)

const tokenOf = (owner: string, days: number, created_at = longAgo, name = `in ${days}`) =>
  server.given.token(owner, { name, created_at, expires_at: onDay(days) })

const told = async (user_id: string) => {
  const rows = await server.database.sql<{ about: { tokens: { name: string }[] } }>(
    `SELECT about FROM mails WHERE user_id = $1 AND kind = 'tokens_expiring' ORDER BY created_at`,
    [user_id],
  )
  return rows.map(({ about }) => about.tokens.map(({ name }) => name))
}

async function run(by = first) {
  for (const one of await peopleToTell(by.tools.prisma)) await tellOfExpiry(by.tools, one)
}

/** As if all that was done had been done a day earlier. */
const nextDay = (user_id: string) =>
  server.database.sql(
    `UPDATE mails SET created_at = created_at - interval '1 day' WHERE user_id = $1`,
    [user_id],
  )

describe('Tokens that expire', () => {
  it('are told in 30, 7 and 1 days and when they have expired, in one mail, each once', async () => {
    const { id } = await server.given.person()
    for (const days of [31, 30, 8, 7, 1, -1]) await tokenOf(id, days)
    await tokenOf(id, -9)
    await run()
    await run()
    expect(await told(id)).toEqual([['in -1', 'in 1', 'in 7', 'in 8', 'in 30']])
    await nextDay(id)
    await run()
    expect(await told(id)).toHaveLength(1)
  })

  it('are told again at the next stage, and never in a second mail of the day', async () => {
    const { id } = await server.given.person()
    const token = await tokenOf(id, 20)
    await run()
    await server.database.sql('ALTER TABLE tokens DISABLE TRIGGER USER')
    await server.database.sql('UPDATE tokens SET expires_at = $2 WHERE id = $1', [
      token.id,
      onDay(6),
    ])
    await server.database.sql('ALTER TABLE tokens ENABLE TRIGGER USER')
    await run()
    expect(await told(id)).toHaveLength(1)
    await nextDay(id)
    await run()
    expect(await told(id)).toEqual([['in 20'], ['in 20']])
  })

  it('are no news where they were made for so short a time', async () => {
    const { id } = await server.given.person()
    await tokenOf(id, 20, new Date())
    await tokenOf(id, 6, new Date())
    await tokenOf(id, 1, new Date(Date.now() - 5 * day))
    await run()
    expect(await told(id)).toEqual([['in 1']])
  })

  it('of service accounts are told to the people who answer for them, of the system to who made them', async () => {
    const { given, database } = server
    const people = [await given.person(), await given.person()]
    const away = await given.person({ status: 'deactivated' })
    const account = await given.serviceAccount([])
    for (const { id } of [...people, away]) {
      const sql = 'INSERT INTO accountable_people (service_account_id, user_id) VALUES ($1, $2)'
      await database.sql(sql, [account, id])
    }
    await tokenOf(account, 7)
    const [maker, gone, other] = [
      await given.admin(),
      await given.person({ status: 'deactivated' }),
      await given.admin(),
    ]
    for (const { id } of [maker, gone]) {
      const name = `of the system, made by ${id}`
      const made = { name, created_by: id, created_at: longAgo, expires_at: onDay(7) }
      await given.systemToken(made)
    }
    await run()
    for (const { id } of people) expect(await told(id)).toEqual([['in 7']])
    expect(await told(maker.id)).toEqual([[`of the system, made by ${maker.id}`]])
    for (const { id } of [away, gone, other]) expect(await told(id)).toEqual([])
  })

  it('are not told when they are revoked, or their owner is gone, or does not want to know', async () => {
    const { given, call } = server
    const [revoked, gone, quiet] = [
      await given.person(),
      await given.person(),
      await given.person(),
    ]
    await given.token(revoked.id, { created_at: longAgo, expires_at: onDay(7), revoked: true })
    await tokenOf(gone.id, 7)
    await server.database.sql(`UPDATE users SET status = 'deactivated' WHERE id = $1`, [gone.id])
    await tokenOf(quiet.id, 7)
    expect((await call('GET', '/me/notices', { as: quiet.as })).body).toEqual({
      token_expiry: true,
    })
    const off = { as: quiet.as, body: { token_expiry: false } }
    expect((await call('PATCH', '/me/notices', off)).body).toEqual({ token_expiry: false })
    await run()
    for (const { id } of [revoked, gone, quiet]) expect(await told(id)).toEqual([])
    await call('PATCH', '/me/notices', { as: quiet.as, body: { token_expiry: true } })
    await run()
    expect(await told(quiet.id)).toEqual([['in 7']])
  })

  it('are told once, with two processes at it at once', async () => {
    const people = []
    for (let at = 0; at < 8; at += 1) people.push(await server.given.person())
    for (const { id } of people) await tokenOf(id, 7)
    await Promise.all([run(first), run(second), run(first), run(second)])
    for (const { id } of people) expect(await told(id)).toEqual([['in 7']])
  })
})

describe('Mails that have ended', () => {
  it('are forgotten after thirty days, and those that wait are not', async () => {
    const { id } = await server.given.person()
    const mail = (status: string, days: number) =>
      server.database.sql(
        `INSERT INTO mails (id, kind, user_id, status, created_at, ended_at)
         VALUES (gen_random_uuid(), 'x', $1, $2::mail_status, now() - make_interval(days => $3),
           CASE WHEN $2 <> 'waiting' THEN now() END)`,
        [id, status, days],
      )
    await mail('sent', 31)
    await mail('sent', 29)
    await mail('waiting', 31)
    await pruneMails(first.tools)
    const rows = await server.database.sql('SELECT status FROM mails WHERE user_id = $1', [id])
    expect(rows.map(({ status }) => status).sort()).toEqual(['sent', 'waiting'])
  })
})
