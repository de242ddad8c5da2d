import { PgBoss } from 'pg-boss'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postMail } from '../../../src/mail/post-mail.ts'
import {
  attemptsMax,
  deliver,
  giveUpLeftMails,
} from '../../../src/modules/notices/run/send-mail.ts'
import { type MailServer, startMailServer } from '../../support/mail-server.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { workTools } from './work.ts'

let server: TestServer
let mail: MailServer
const warned: unknown[] = []
let work: ReturnType<typeof workTools>
beforeAll(async () => {
  mail = await startMailServer()
  server = await startServer()
  work = workTools(server, mail.url, warned)
})
afterAll(async () => {
  await work.close()
  await server.close()
  await mail.close()
})

async function waiting(kind: string, status = 'active', about: object = {}) {
  const person = await server.given.person({ status })
  if (status === 'active') {
    await server.database.sql(`UPDATE users SET password_hash = 'x' WHERE id = $1`, [person.id])
  }
  const id = uuidv7()
  const sql = 'INSERT INTO mails (id, kind, user_id, about) VALUES ($1, $2, $3, $4)'
  await server.database.sql(sql, [id, kind, person.id, about])
  return { id, person, to: () => mail.mails.filter(({ to }) => to.includes(person.email)) }
}

const rowOf = async (id: string) =>
  (await server.database.sql('SELECT status, attempts, failure FROM mails WHERE id = $1', [id]))[0]

const kindOf = async (id: string) =>
  (await server.database.sql('SELECT kind FROM mails WHERE id = $1', [id]))[0]?.['kind']

const changed = { at: '2026-11-23T09:30:00.000Z', ip: null }

describe('A mail', () => {
  it('is handed over once, however often its job runs', async () => {
    const { id, to } = await waiting('password_changed', 'active', changed)
    for (let run = 0; run < 3; run += 1) await deliver(work.tools, id)
    expect(to()).toHaveLength(1)
    expect(await rowOf(id)).toEqual({ status: 'sent', attempts: 1, failure: null })
  })

  it('is tried again while the server has troubles, and given up with an event in the end', async () => {
    const { id, person, to } = await waiting('password_reset', 'active', { ip: null })
    mail.refuse(451)
    for (let run = 1; run < attemptsMax; run += 1) {
      await expect(deliver(work.tools, id)).rejects.toThrow('EENVELOPE 451')
      expect(await rowOf(id)).toMatchObject({ status: 'waiting', attempts: run })
    }
    await deliver(work.tools, id)
    mail.refuse(null)
    await deliver(work.tools, id)
    const failure = 'EENVELOPE 451'
    expect(await rowOf(id)).toEqual({ status: 'failed', attempts: attemptsMax, failure })
    expect(to()).toEqual([])
    const events = await server.database.sql(
      `SELECT actor_name, after FROM audit_events WHERE action = 'mail.failed' AND target_id = $1`,
      [person.id],
    )
    const after = { mail_id: id, kind: 'password_reset', attempts: attemptsMax, failure }
    expect(events).toEqual([{ actor_name: 'system', after }])
    expect(JSON.stringify(warned)).not.toContain('token')
  })

  it('is given up at once where the server says that there is nobody', async () => {
    const { id } = await waiting('password_changed', 'active', changed)
    mail.refuse(550)
    await deliver(work.tools, id)
    mail.refuse(null)
    expect(await rowOf(id)).toEqual({ status: 'failed', attempts: 1, failure: 'EENVELOPE 550' })
  })

  it.each([
    ['invitation', 'active'],
    ['invitation', 'deactivated'],
    ['password_reset', 'deactivated'],
    ['password_reset', 'invited'],
    ['password_changed', 'deactivated'],
  ])(
    'is dropped, and no link made, where it concerns nobody any more: %s, %s',
    async (kind, status) => {
      const { id, to } = await waiting(kind, status, changed)
      const before = await server.traces()
      await deliver(work.tools, id)
      expect(await rowOf(id)).toEqual({ status: 'dropped', attempts: 0, failure: null })
      expect(to()).toEqual([])
      expect(await server.traces()).toEqual(before)
    },
  )

  it.each(
    ['users', 'settings'].flatMap((table) => [
      { table, kind: 'password_reset', status: 'active' },
      { table, kind: 'invitation', status: 'invited' },
    ]),
  )(
    'with a link that was asked for before all credentials ended is dropped, and no link made: $table, $kind',
    async ({ table, kind, status }) => {
      const { id, person, to } = await waiting(kind, status, { ip: null })
      const whose = table === 'users' ? `WHERE id = '${person.id}'` : ''
      const { sql } = server.database
      await sql(`UPDATE ${table} SET credentials_valid_from = now() ${whose}`)
      const before = await server.traces()
      await deliver(work.tools, id)
      await sql(`UPDATE ${table} SET credentials_valid_from = NULL ${whose}`)
      expect(await rowOf(id)).toEqual({ status: 'dropped', attempts: 0, failure: null })
      expect(to()).toEqual([])
      expect(await server.traces()).toEqual(before)
      const next = await waiting(kind, status, { ip: null })
      await deliver(work.tools, next.id)
      expect(next.to()).toHaveLength(1)
    },
  )

  it('with a link that was asked for an hour ago is dropped', async () => {
    const { id, to } = await waiting('password_reset', 'active', { ip: null })
    await server.database.sql(
      `UPDATE mails SET created_at = now() - interval '61 minutes' WHERE id = $1`,
      [id],
    )
    await deliver(work.tools, id)
    expect(await rowOf(id)).toMatchObject({ status: 'dropped' })
    expect(to()).toEqual([])
  })

  it('that nobody has sent within a day is given up, with one event, whoever sees it', async () => {
    const [left, young] = [
      await waiting('password_changed', 'active', changed),
      await waiting('password_changed', 'active', changed),
    ]
    const age = `UPDATE mails SET created_at = now() - make_interval(hours => $2) WHERE id = $1`
    await server.database.sql(age, [left.id, 25])
    await server.database.sql(age, [young.id, 23])
    await Promise.all([1, 2, 3].map(() => giveUpLeftMails(work.tools)))
    const failure = 'nobody sent it within a day'
    expect(await rowOf(left.id)).toEqual({ status: 'failed', attempts: 0, failure })
    expect(await rowOf(young.id)).toMatchObject({ status: 'waiting' })
    const events = await server.database.sql(
      `SELECT after FROM audit_events WHERE action = 'mail.failed' AND target_id = $1`,
      [left.person.id],
    )
    expect(events).toHaveLength(1)
    await deliver(work.tools, left.id)
    expect(left.to()).toEqual([])
  })

  it('with a link that somebody waits for goes before all digests', async () => {
    const { id } = await server.given.person()
    const { prisma, jobs } = work.tools
    await prisma.$transaction(async (tx) => {
      await postMail(tx, jobs, 'tokens_expiring', id, { tokens: [] })
      await postMail(tx, jobs, 'password_changed', id, changed)
      await postMail(tx, jobs, 'password_reset', id, { ip: null })
    })
    const boss = new PgBoss({ connectionString: server.database.url, migrate: false })
    await boss.start()
    const kinds = []
    for (let turn = 0; turn < 3; turn += 1) {
      const [job] = await boss.fetch<{ mail_id: string }>('send_mail')
      kinds.push(await kindOf(job?.data.mail_id ?? 'none'))
    }
    await boss.stop({ graceful: false })
    expect(kinds).toEqual(['password_reset', 'password_changed', 'tokens_expiring'])
  })
})
