import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peopleToTell } from '../../../src/modules/notices/run/expiring-tokens.ts'
import { deliver } from '../../../src/modules/notices/run/send-mail.ts'
import { tellOfExpiry } from '../../../src/modules/notices/run/tell-of-expiry.ts'
import { type MailServer, startMailServer } from '../../support/mail-server.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { workTools } from './work.ts'

let server: TestServer
let mail: MailServer
let work: ReturnType<typeof workTools>
beforeAll(async () => {
  mail = await startMailServer()
  server = await startServer()
  work = workTools(server, mail.url)
})
afterAll(async () => {
  await work.close()
  await server.close()
  await mail.close()
})

const day = 86_400_000
/** 01:00 UTC of the day that is so many from today. */
const onDay = (days: number) =>
  new Date(Math.floor(Date.now() / day) * day + days * day + 3_600_000)
const longAgo = new Date(Date.now() - 90 * day)

/** As a reader sees it: `23 November 2026, 01:00 UTC`. */
function written(at: Date): string {
  const date = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  return `${at.toLocaleDateString('en-GB', date)}, 01:00 UTC`
}

async function tokenOf(owner: string, name: string, days: number) {
  const expires_at = onDay(days)
  const { id, as } = await server.given.token(owner, { name, created_at: longAgo, expires_at })
  const sql = 'SELECT token_hash, hint FROM tokens WHERE id = $1'
  const [row] = await server.database.sql<{ token_hash: Buffer; hint: string }>(sql, [id])
  if (!row) throw new Error('There is no such token')
  return { id, as, hash: row.token_hash, on: written(expires_at) }
}

/** As the daily job, and the job of each mail that comes of it. */
async function tellAndSend() {
  for (const one of await peopleToTell(work.tools.prisma)) await tellOfExpiry(work.tools, one)
  const waiting = await server.database.sql<{ id: string }>(
    `SELECT id::text FROM mails WHERE status = 'waiting'`,
  )
  for (const { id } of waiting) await deliver(work.tools, id)
}

const mailsTo = (email: string) => mail.mails.filter(({ to }) => to.includes(email))

describe('The letter about tokens that expire', () => {
  it('is one for all of them: which, whose and when, as text and as HTML, with a link to one’s tokens', async () => {
    const { id, email } = await server.given.person()
    const account = await server.given.serviceAccount([])
    const { sql } = server.database
    await sql('UPDATE users SET name = $2 WHERE id = $1', [account, 'Nightly <b>& co'])
    await sql('INSERT INTO accountable_people (service_account_id, user_id) VALUES ($1, $2)', [
      account,
      id,
    ])
    const old = await tokenOf(id, 'laptop', -1)
    const robot = await tokenOf(account, 'deploy', 7)
    const next = await tokenOf(id, 'reports', 30)
    await tellAndSend()
    await tellAndSend()

    expect(mailsTo(email)).toHaveLength(1)
    const [{ text, html, headers }] = mailsTo(email) as [(typeof mail.mails)[number]]
    expect(headers['subject']).toBe('3 access tokens expire')
    expect(text.trimEnd()).toBe(
      [
        'What uses these access tokens stops working when they expire:',
        [
          `- “laptop” expired on ${old.on}`,
          `- “deploy” of Nightly <b>& co expires on ${robot.on}`,
          `- “reports” expires on ${next.on}`,
        ].join('\n'),
        'See your tokens:\nhttps://postern.example/settings/tokens',
        'Create a new token, put it where the old one is used, and delete the old one. You can turn these mails off at https://postern.example/settings/notices.',
      ].join('\n\n'),
    )
    expect(html).toContain(
      [
        '<ul>',
        `<li>“laptop” expired on ${old.on}</li>`,
        `<li>“deploy” of Nightly &lt;b&gt;&amp; co expires on ${robot.on}</li>`,
        `<li>“reports” expires on ${next.on}</li>`,
        '</ul>',
      ].join(''),
    )
    expect(html).toContain('<a href="https://postern.example/settings/tokens">See your tokens</a>')
    expect(html).not.toContain('<b>')
  })

  it.each([
    ['has expired', -1, 'expired'],
    ['expires soon', 1, 'expires'],
  ])('about one alone says in its title which, and that it %s', async (says, days, verb) => {
    const { id, email } = await server.given.person()
    const { on } = await tokenOf(id, 'laptop', days)
    await tellAndSend()

    expect(mailsTo(email)).toHaveLength(1)
    const [{ text, html }] = mailsTo(email) as [(typeof mail.mails)[number]]
    expect(html).toContain(`<title>Access token “laptop” ${says}</title>`)
    expect(text).toContain(`- “laptop” ${verb} on ${on}\n`)
  })

  it('holds neither a secret nor a hash of one, nor a part of these', async () => {
    const { id, email } = await server.given.person()
    const tokens = [await tokenOf(id, 'old', -1), await tokenOf(id, 'new', 7)]
    await tellAndSend()

    const [{ text, html, raw }] = mailsTo(email) as [(typeof mail.mails)[number]]
    // Without the ends of lines that the encoding puts anywhere.
    const all = [text, html, raw.replaceAll('=\r\n', '')].join('\n')
    expect(all).toContain('“new”')
    for (const { as, hash } of tokens) {
      const secret = as.replace(/^postern_pat_/, '')
      expect(secret.length).toBeGreaterThan(30)
      const forms = [
        secret,
        ...['hex', 'base64', 'base64url'].map((in_) => hash.toString(in_ as BufferEncoding)),
      ]
      for (const form of forms) {
        expect(all).not.toContain(form.slice(0, 12))
        expect(all).not.toContain(form.slice(-12))
      }
    }
  })
})
